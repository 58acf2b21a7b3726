/** What several say in the same words. */
export interface Shared {
  add(text: string | undefined): void;
  /** Where all said the same, be it only one. */
  ofAll(): string | undefined;
  /** Where at least two said it, and nobody anything else. */
  ofSeveral(): string | undefined;
}

export function createShared(): Shared {
  let shared: string | undefined;
  let count = 0;
  let differs = false;
  const ofAll = () => (differs || shared === undefined || shared === '' ? undefined : shared);
  return {
    add(text) {
      differs ||= count > 0 && text !== shared;
      shared = text;
      count++;
    },
    ofAll,
    ofSeveral: () => (count > 1 ? ofAll() : undefined),
  };
}
