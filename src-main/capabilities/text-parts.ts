/** Goes through a long text in parts that share its memory, none of which ends between the two halves of a character. */
export function* textParts(text: string, length: number): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const end = start + length + (isFirstHalf(text.charCodeAt(start + length - 1)) ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
}

const isFirstHalf = (code: number) => code >= 0xd800 && code <= 0xdbff;
