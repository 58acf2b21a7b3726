/** JSON pointers (RFC 6901): `/a/0/b`; the empty pointer is the whole document. */

export const toPointer = (path: readonly (string | number)[]) =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const fromPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

export const isWithin = (pointer: string, parent: string) => pointer === parent || pointer.startsWith(`${parent}/`);

/** Own properties only; undefined where the pointer leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const key of fromPointer(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}
