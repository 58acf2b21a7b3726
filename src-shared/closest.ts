/** Finds what somebody probably meant: the known word that is few keystrokes away, and not as few from another. */

const plain = (word: string) => word.toLowerCase().replace(/[\s_-]+/g, '');

/** Undefined where nothing is close enough, or two words are equally close. */
export function closestTo(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const wanted = plain(word);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted, plain(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance);
  if (ranked[0]?.distance === ranked[1]?.distance) return undefined;
  return ranked[0]?.candidate;
}

/** Insertions, deletions, replacements, and two neighbours swapped, each counted once. */
export function distanceBetween(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

export const didYouMean = (suggestion: string | undefined) =>
  suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
