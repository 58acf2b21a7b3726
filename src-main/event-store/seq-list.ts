/** Sequence numbers in rising order: appended at the end, let go at the front. */
export class SeqList {
  #numbers = new Float64Array(64);
  #from = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#from;
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.length ? undefined : this.#numbers[this.#from + index];
  }

  push(seq: number): void {
    if (this.#end === this.#numbers.length) this.#makeRoom();
    this.#numbers[this.#end] = seq;
    this.#end += 1;
  }

  dropBelow(seq: number): void {
    while (this.#from < this.#end && (this.#numbers[this.#from] as number) < seq) this.#from += 1;
    if (this.#from === this.#end) {
      this.#from = 0;
      this.#end = 0;
    }
  }

  #makeRoom(): void {
    const { length } = this;
    const numbers = length * 2 > this.#numbers.length ? new Float64Array(this.#numbers.length * 2) : this.#numbers;
    numbers.set(this.#numbers.subarray(this.#from, this.#end));
    this.#numbers = numbers;
    this.#from = 0;
    this.#end = length;
  }
}
