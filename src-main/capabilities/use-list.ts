/** What a plugin used and was refused, bounded: the same on the same thing is counted, not listed again. */
import type { PermissionUse } from '@shared/contracts/permissions';

const MOST_USES = 500;

export interface UseList {
  note(use: Omit<PermissionUse, 'count' | 'lastAt'>): void;
  /** Newest last. */
  read(): PermissionUse[];
  readonly omitted: number;
  clear(): void;
}

export function createUseList(): UseList {
  const uses = new Map<string, PermissionUse>();
  let omitted = 0;
  return {
    note(use) {
      const key = JSON.stringify([use.operation, use.what, use.allowed, use.site?.file, use.site?.line]);
      const count = (uses.get(key)?.count ?? 0) + 1;
      uses.delete(key);
      uses.set(key, { ...use, count, lastAt: Date.now() });
      if (uses.size <= MOST_USES) return;
      const [oldest] = uses.keys();
      if (oldest !== undefined) uses.delete(oldest);
      omitted++;
    },
    read: () => [...uses.values()],
    get omitted() {
      return omitted;
    },
    clear() {
      uses.clear();
      omitted = 0;
    },
  };
}
