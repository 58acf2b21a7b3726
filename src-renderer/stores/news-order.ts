/**
 * Sets answers against news. An answer says how things stood somewhere between its question and now, so news of the
 * same thing that came after the question was sent is the newer of the two.
 */
export interface NewsOrder {
  /** News of that key has come. */
  heard(key: string): void;
  /** To be called as a question is sent; the result says of a key whether news overtook the answer. */
  ask(): (key: string) => boolean;
  forget(key: string): void;
}

export function createNewsOrder(): NewsOrder {
  let now = 0;
  const last = new Map<string, number>();
  return {
    heard(key) {
      now += 1;
      last.set(key, now);
    },
    ask() {
      const asked = now;
      return (key) => (last.get(key) ?? 0) > asked;
    },
    forget: (key) => void last.delete(key),
  };
}
