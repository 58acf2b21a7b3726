/** Finds where brackets close. Works on the bare view of a source, where strings hold no brackets. */

const OPENING = '([{';
const CLOSING = ')]}';

/** No expression that a rule looks at is longer than this. */
export const LONGEST_EXPRESSION = 20_000;

/** @returns the offset of the bracket that closes the one at `open`, or undefined where none does in reach. */
export function closingBracket(bare: string, open: number): number | undefined {
  const end = Math.min(bare.length, open + LONGEST_EXPRESSION);
  let depth = 0;
  for (let position = open; position < end; position++) {
    const character = bare[position]!;
    if (OPENING.includes(character)) depth++;
    else if (CLOSING.includes(character) && --depth === 0) return position;
  }
  return undefined;
}

export const opens = (character: string | undefined): boolean => character !== undefined && OPENING.includes(character);
export const closes = (character: string | undefined): boolean =>
  character !== undefined && CLOSING.includes(character);
