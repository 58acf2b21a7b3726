/** How much came within the last second, from looking at a running count a few times a second. */
interface Look {
  readonly time: number;
  readonly count: number;
}

const WINDOW_MS = 1000;

export class Rate {
  #looks: Look[] = [];

  /** @param time as performance.now() */
  look(time: number, count: number): void {
    this.#looks.push({ time, count });
    this.#forget(time);
  }

  perSecond(time: number, count: number): number {
    this.#forget(time);
    return count - (this.#looks[0]?.count ?? count);
  }

  #forget(time: number): void {
    const kept = this.#looks.findIndex((look) => look.time >= time - WINDOW_MS);
    this.#looks = kept < 0 ? [] : this.#looks.slice(kept);
  }
}
