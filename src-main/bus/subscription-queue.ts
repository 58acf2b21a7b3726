/**
 * What waits for one subscriber. Events leave in the order in which they came: while a delivery runs or waits for
 * its next try, those behind it wait. At any moment each event that was offered is delivered, failed, dropped or
 * queued, until close() discards what is queued.
 */
import type { SecurityEvent } from '@shared/schemas';
import { type Deliver, Delivery, type DeliveryOwner } from './delivery';
import type { DeliveryTotals } from './delivery-totals';
import type { Gate } from './gate';
import type { HeavyEvents } from './heavy-events';
import { Ring } from './ring';
import type { RoundRobin, Worker } from './round-robin';
import type { ServiceTerms } from './service-terms';

export interface Surroundings {
  readonly turns: RoundRobin;
  readonly totals: DeliveryTotals;
  readonly gate: Gate;
  readonly heavy: HeavyEvents;
  failed(events: readonly SecurityEvent[], error: unknown): void;
}

/** Publishers that do not wait at the gate may overrun a queue that blocks by this much; then it drops, too. */
export const OVERRUN = 1024;
/** Of large events; a queue that holds as much is full, however few they are. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_A_TURN = 32;
const QUICK_TURN_MS = 0.25;

export class SubscriptionQueue implements Worker, DeliveryOwner {
  delivered = 0;
  failed = 0;
  dropped = 0;
  /** When the handler last worked, as performance.now(). */
  lastDelivery: number | undefined;
  closed = false;
  /** Hears events within publish(). */
  readonly isImmediate: boolean;
  readonly #waiting = new Ring<SecurityEvent>();
  readonly #delivery: Delivery;
  readonly #totals: DeliveryTotals;
  readonly #capacity: number;
  readonly #blocks: boolean;
  readonly #batches: boolean;
  /** Events that are handed over without waiting for more. */
  readonly #enough: number;
  #bytes = 0;
  #inLine = false;
  /** How many deliveries a turn may take; fewer where the handler is slow, so that the clock is seen in time. */
  #aTurn = 1;
  #batchIsDue = false;
  #batchTimer: NodeJS.Timeout | undefined;

  constructor(
    readonly subscriberId: string,
    deliver: Deliver,
    private readonly terms: ServiceTerms,
    private readonly around: Surroundings,
  ) {
    this.isImmediate = terms.mode === 'sync';
    this.#delivery = new Delivery(deliver, terms, this);
    this.#totals = around.totals;
    this.#capacity = terms.capacity;
    this.#blocks = terms.whenFull === 'block';
    this.#batches = terms.mode === 'batch';
    this.#enough = terms.batchTimeoutMs > 0 ? terms.batchSize : 1;
  }

  /**
   * Where it is immediate, deliverNow() or deliverLater() must follow.
   * @returns false where the policy is error and the queue is full: the event is dropped, the publisher is told
   */
  offer(event: SecurityEvent): boolean {
    if (this.closed) return true;
    if (this.#isFull && !this.#makeRoom()) return this.#blocks;
    this.#waiting.push(event);
    this.#bytes += this.around.heavy.weightOf(event);
    this.#totals.waiting += 1;
    if (this.#blocks && this.#isFull) this.around.gate.shut(this);
    if (!this.#inLine && !this.isImmediate) this.#wake();
    return true;
  }

  /** Hands over what waits before it returns, but nothing that comes meanwhile: that has its turn later. */
  deliverNow(): void {
    const began = performance.now();
    this.#handOver(this.#waiting.length);
    this.spent(began, performance.now());
    if (!this.#inLine) this.#wake();
  }

  deliverLater(): void {
    if (!this.#inLine) this.#wake();
  }

  work(): boolean {
    this.#handOver(this.#aTurn);
    this.#inLine = this.#isReady();
    if (!this.#inLine) this.#awaitBatch();
    return this.#inLine;
  }

  worked(began: number, ended: number): void {
    this.spent(began, ended);
    this.#aTurn =
      ended - began < QUICK_TURN_MS ? Math.min(this.#aTurn * 2, MOST_A_TURN) : Math.max(1, this.#aTurn >> 1);
  }

  ended(events: readonly SecurityEvent[], error: unknown): void {
    if (error === undefined) this.#countDelivered(events.length);
    else {
      this.failed += events.length;
      this.around.failed(events, error);
      this.#totals.left(events.length);
    }
    if (!this.#inLine) this.#wake();
  }

  due(): void {
    if (!this.#inLine) this.#wake();
  }

  spent(began: number, ended: number): void {
    this.#totals.processingMs += ended - began;
    this.lastDelivery = ended;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.#batchTimer);
    this.around.gate.open(this);
    const discarded = this.#waiting.length;
    this.#waiting.clear();
    this.#bytes = 0;
    this.#totals.left(discarded);
    this.#delivery.close();
  }

  #handOver(most: number): void {
    let delivered = 0;
    for (let left = most; left > 0 && this.#isReady(); left -= 1) {
      if (this.#delivery.state === 'due') this.#delivery.again();
      else {
        const events = this.#next();
        if (this.#delivery.begin(events)) delivered += events.length;
      }
    }
    if (delivered > 0) this.#countDelivered(delivered);
  }

  #countDelivered(count: number): void {
    this.delivered += count;
    this.#totals.delivered += count;
    this.#totals.left(count);
  }

  #isReady(): boolean {
    if (this.closed) return false;
    const { state } = this.#delivery;
    if (state !== 'idle') return state === 'due';
    const { length } = this.#waiting;
    return length >= this.#enough || (this.#batchIsDue && length > 0);
  }

  #wake(): void {
    if (!this.#isReady()) {
      this.#awaitBatch();
      return;
    }
    this.#inLine = true;
    this.around.turns.add(this);
  }

  /** A batch that is not full goes when its time is up. */
  #awaitBatch(): void {
    if (!this.#batches || this.#batchTimer !== undefined || this.closed) return;
    if (this.#waiting.length === 0 || this.#delivery.state !== 'idle') return;
    this.#batchTimer = setTimeout(() => {
      this.#batchTimer = undefined;
      this.#batchIsDue = true;
      if (!this.#inLine) this.#wake();
    }, this.terms.batchTimeoutMs);
  }

  #next(): readonly SecurityEvent[] {
    if (!this.#batches) return [this.#take()];
    if (this.#batchTimer !== undefined) clearTimeout(this.#batchTimer);
    this.#batchTimer = undefined;
    this.#batchIsDue = false;
    const batch: SecurityEvent[] = [];
    for (let left = Math.min(this.terms.batchSize, this.#waiting.length); left > 0; left -= 1) batch.push(this.#take());
    return batch;
  }

  #take(): SecurityEvent {
    const event = this.#waiting.shift() as SecurityEvent;
    this.#bytes -= this.around.heavy.weightOf(event);
    if (this.#blocks && !this.#isFull) this.around.gate.open(this);
    return event;
  }

  get #isFull(): boolean {
    return this.#waiting.length >= this.#capacity || this.#bytes >= MOST_BYTES;
  }

  #makeRoom(): boolean {
    if (this.#blocks && this.#waiting.length < this.#capacity + OVERRUN && this.#bytes < 2 * MOST_BYTES) return true;
    if (this.terms.whenFull !== 'drop') {
      this.#countDropped();
      return false;
    }
    while (this.#isFull) {
      this.#countDropped();
      this.#take();
      this.#totals.left(1);
    }
    return true;
  }

  #countDropped(): void {
    this.dropped += 1;
    this.#totals.dropped += 1;
  }
}
