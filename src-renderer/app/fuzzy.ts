/** Finds what was meant from a few letters of it, in order. Word beginnings and runs of letters count most. */
export interface FuzzyMatch {
  readonly score: number;
  /** Indices of the letters that matched. */
  readonly at: readonly number[];
}

const isWordStart = (text: string, index: number) =>
  index === 0 ||
  /[\s/\\_.:-]/.test(text[index - 1] ?? '') ||
  (/[a-z]/.test(text[index - 1] ?? '') && /[A-Z]/.test(text[index] ?? ''));

const NOTHING: FuzzyMatch = { score: 0, at: [] };

/** Undefined where the letters do not occur in that order. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return NOTHING;
  const lower = text.toLowerCase();
  let best: FuzzyMatch | undefined;
  for (let start = lower.indexOf(wanted[0]!); start >= 0; start = lower.indexOf(wanted[0]!, start + 1)) {
    const match = matchFrom(wanted, text, lower, start);
    if (match === undefined) break;
    if (best === undefined || match.score > best.score) best = match;
  }
  return best;
}

function matchFrom(wanted: string, text: string, lower: string, start: number): FuzzyMatch | undefined {
  const at: number[] = [];
  let score = 0;
  let index = start;
  for (const letter of wanted) {
    const previous = at.at(-1);
    let found = lower.indexOf(letter, index);
    if (found < 0) return undefined;
    if (found !== index || previous === undefined) {
      const atStart = nextWordStart(text, lower, letter, found);
      if (previous !== undefined && atStart !== undefined) found = atStart;
    }
    score += previous !== undefined && found === previous + 1 ? 8 : isWordStart(text, found) ? 6 : 1;
    at.push(found);
    index = found + 1;
  }
  return { score: score - start * 0.05 - text.length * 0.02, at };
}

/** A later beginning of a word with that letter, if the letters after it are still to come. */
function nextWordStart(text: string, lower: string, letter: string, from: number): number | undefined {
  if (isWordStart(text, from)) return from;
  for (let index = lower.indexOf(letter, from); index >= 0; index = lower.indexOf(letter, index + 1)) {
    if (isWordStart(text, index)) return index;
  }
  return undefined;
}

export interface Ranked<Item> {
  readonly item: Item;
  readonly at: readonly number[];
}

/** The items that match, best first; without a query all of them as they came. */
export function rank<Item>(
  query: string,
  items: readonly Item[],
  textOf: (item: Item) => string,
  most: number,
): Ranked<Item>[] {
  const matched = items.flatMap((item) => {
    const match = fuzzyMatch(query, textOf(item));
    return match === undefined ? [] : [{ item, at: match.at, score: match.score }];
  });
  return matched.sort((a, b) => b.score - a.score).slice(0, most);
}
