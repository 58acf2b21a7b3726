/** Answers that are given again for a while. The one that was not asked for the longest time goes first. */

export interface AnswerCache<Answer> {
  readonly size: number;
  get(key: string): Answer | undefined;
  set(key: string, answer: Answer): void;
}

export function createAnswerCache<Answer>(capacity: number, ttlMs: number): AnswerCache<Answer> {
  const kept = new Map<string, { answer: Answer; until: number }>();
  return {
    get size() {
      return kept.size;
    },
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      if (found.until <= Date.now()) return undefined;
      kept.set(key, found);
      return found.answer;
    },
    set(key, answer) {
      if (ttlMs === 0) return;
      kept.delete(key);
      kept.set(key, { answer, until: Date.now() + ttlMs });
      if (kept.size > capacity) kept.delete(kept.keys().next().value!);
    },
  };
}
