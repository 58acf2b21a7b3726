/**
 * Which bracket closes which. Worked out once for a whole text, since rules ask for thousands of calls. To be used on
 * text in which strings hold no brackets.
 */

const OPENING = '([{';
const CLOSING = ')]}';

export const opens = (character: string | undefined): boolean => character !== undefined && OPENING.includes(character);
export const closes = (character: string | undefined): boolean =>
  character !== undefined && CLOSING.includes(character);

/** @returns a function from the offset of an opening bracket to that of its closing one, undefined where there is none. */
export function matchBrackets(text: string): (open: number) => number | undefined {
  const closing = new Map<number, number>();
  const open: number[] = [];
  const bracket = /[()[\]{}]/g;
  for (let found = bracket.exec(text); found !== null; found = bracket.exec(text)) {
    if (opens(found[0])) {
      open.push(found.index);
      continue;
    }
    const start = open.pop();
    if (start !== undefined) closing.set(start, found.index);
  }
  return (start) => closing.get(start);
}
