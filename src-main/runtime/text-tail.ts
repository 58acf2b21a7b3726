/** The last characters of a text that keeps coming. */
export interface TextTail {
  append(text: string): void;
  read(): string;
}

export function createTextTail(limit: number): TextTail {
  let tail = '';
  return {
    append(text) {
      tail = (tail + text).slice(-limit);
    },
    read: () => tail,
  };
}
