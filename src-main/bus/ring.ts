/**
 * First in, first out, without moving what is inside. Grows with what it holds; whoever owns it says how much that
 * may be.
 */
export class Ring<Item> {
  #slots: (Item | undefined)[] = new Array(16);
  #mask = 15;
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: Item): void {
    if (this.#length > this.#mask) this.#grow();
    this.#slots[(this.#head + this.#length) & this.#mask] = item;
    this.#length += 1;
  }

  shift(): Item | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#length -= 1;
    // A queue that keeps up stays in the same few slots, which are in the processor's cache.
    this.#head = this.#length === 0 ? 0 : (this.#head + 1) & this.#mask;
    return item;
  }

  /** @param index from the oldest, 0 */
  at(index: number): Item | undefined {
    return this.#slots[(this.#head + index) & this.#mask];
  }

  clear(): void {
    this.#slots = new Array(16);
    this.#mask = 15;
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const slots: (Item | undefined)[] = new Array(this.#slots.length * 2);
    for (let at = 0; at < this.#length; at += 1) slots[at] = this.#slots[(this.#head + at) & this.#mask];
    this.#slots = slots;
    this.#mask = slots.length - 1;
    this.#head = 0;
  }
}
