/**
 * The JSON of events, one after the other in bytes outside the heap, and where each begins. Most events are plain
 * ASCII, where a byte is a character; the rows that are not are known, so that only they cost more to search.
 */
const FIRST_BYTES = 16 * 1024;
/** UTF-8 needs at most this many bytes for each unit of a string. */
const BYTES_PER_UNIT = 3;

export class TextColumn {
  readonly #starts: Uint32Array;
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #end = 0;
  #rows = 0;
  /** Rows that hold characters beyond ASCII, in order. */
  readonly #wide: number[] = [];

  constructor(rows: number) {
    this.#starts = new Uint32Array(rows + 1);
  }

  get byteLength(): number {
    return this.#end;
  }

  append(text: string): void {
    this.#reserve(text.length * BYTES_PER_UNIT);
    const written = this.#bytes.write(text, this.#end, 'utf8');
    if (written !== text.length) this.#wide.push(this.#rows);
    this.#end += written;
    this.#rows += 1;
    this.#starts[this.#rows] = this.#end;
  }

  startOf(row: number): number {
    return this.#starts[row] ?? this.#end;
  }

  read(row: number): string {
    return this.#bytes.toString('utf8', this.startOf(row), this.startOf(row + 1));
  }

  /** Rows first to end (exclusive), a character for each byte: exact for rows that are not wide, and quick. */
  readBytes(first: number, end: number): string {
    return this.#bytes.toString('latin1', this.startOf(first), this.startOf(end));
  }

  /** Rows from first to end (exclusive) that hold characters beyond ASCII. */
  wideBetween(first: number, end: number): number[] {
    return this.#wide.filter((row) => row >= first && row < end);
  }

  /** Nothing will be appended: lets go of what was reserved. */
  seal(): void {
    const exact = Buffer.allocUnsafeSlow(this.#end);
    this.#bytes.copy(exact, 0, 0, this.#end);
    this.#bytes = exact;
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
