/** Goes through a long text in parts that share its memory, none of which ends between the two halves of a character. */
export function* textParts(text: string, length: number): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const end = start + length + (isInCharacter(text, start + length) ? 1 : 0);
    yield text.slice(start, end);
    start = end;
  }
}

const isInCharacter = (text: string, at: number) => {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
};
