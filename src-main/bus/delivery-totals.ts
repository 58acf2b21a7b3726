/** What all subscriptions together did; waiting counts what is queued and what is in delivery. */
import type { SecurityEvent } from '@shared/schemas';

export class DeliveryTotals {
  delivered = 0;
  failed = 0;
  dropped = 0;
  waiting = 0;
  failedEvents = 0;
  processingMs = 0;
  #mostWaiting = 0;
  readonly #known = new WeakSet<SecurityEvent>();
  #whenIdle: (() => void)[] = [];

  get mostWaiting(): number {
    return Math.max(this.#mostWaiting, this.waiting);
  }

  /** There were most when some are about to leave: no need to look whenever one comes. */
  left(count: number): void {
    if (this.waiting > this.#mostWaiting) this.#mostWaiting = this.waiting;
    this.waiting -= count;
    if (this.waiting === 0 && this.#whenIdle.length > 0) for (const tell of this.#whenIdle.splice(0)) tell();
  }

  /** An event that several subscribers could not handle is one failed event. */
  failedFor(events: readonly SecurityEvent[]): void {
    this.failed += events.length;
    for (const event of events) {
      if (this.#known.has(event)) continue;
      this.#known.add(event);
      this.failedEvents += 1;
    }
  }

  idle(): Promise<void> {
    if (this.waiting === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }
}
