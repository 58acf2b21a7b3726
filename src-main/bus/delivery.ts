/**
 * The way of events to their handler: handed over, timed, and tried again where the handler throws, rejects or takes
 * too long. One delivery at a time; each ends exactly once, delivered or failed. After a timeout the handler may
 * still be at work when it is called again.
 */
import { StudioError } from '@shared/errors';
import type { SecurityEvent } from '@shared/schemas';
import type { ServiceTerms } from './service-terms';

export type Deliver = (events: readonly SecurityEvent[]) => void | Promise<void>;

export interface DeliveryOwner {
  /** It did not end at once, but now has. @param error what the last try failed with; absent where it was delivered */
  ended(events: readonly SecurityEvent[], error: unknown): void;
  /** The next try is due: call again(). */
  due(): void;
  /** A handler that answers later has worked. The times are of performance.now(). */
  spent(began: number, ended: number): void;
}

const NOTHING: readonly SecurityEvent[] = [];

export class Delivery {
  /** Running: the handler has it. Resting: the next try is not due yet. */
  state: 'idle' | 'running' | 'resting' | 'due' = 'idle';
  #events = NOTHING;
  #tries = 0;
  #lastError: unknown;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    private readonly deliver: Deliver,
    private readonly terms: ServiceTerms,
    private readonly owner: DeliveryOwner,
  ) {}

  /** @returns whether they are delivered already; otherwise the owner hears when it has ended */
  begin(events: readonly SecurityEvent[]): boolean {
    this.#tries = 0;
    return this.#try(events);
  }

  again(): void {
    const events = this.#events;
    if (this.#try(events)) this.#end(undefined);
  }

  #try(events: readonly SecurityEvent[]): boolean {
    this.state = 'running';
    this.#tries += 1;
    let answer: unknown;
    try {
      answer = this.deliver(events);
    } catch (error) {
      this.#events = events;
      this.#failed(error);
      return false;
    }
    if (answer !== undefined && answer instanceof Promise) {
      this.#events = events;
      this.#follow(answer);
      return false;
    }
    this.state = 'idle';
    return true;
  }

  /** No more tries. What runs may still end well, and then counts so. */
  close(): void {
    this.#closed = true;
    this.#timer?.unref();
    if (this.state === 'resting' || this.state === 'due') this.#end(this.#lastError);
  }

  #follow(answer: Promise<unknown>): void {
    const began = performance.now();
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(this.#timer);
      this.owner.spent(began, performance.now());
      finish();
    };
    this.#timer = setTimeout(() => settle(() => this.#failed(this.#tooLate())), this.terms.deliveryTimeoutMs);
    answer.then(
      () => settle(() => this.#end(undefined)),
      (error: unknown) => settle(() => this.#failed(error)),
    );
  }

  #tooLate(): StudioError {
    return new StudioError(
      'events/delivery-timeout',
      `A subscriber did not finish its events within ${this.terms.deliveryTimeoutMs / 1000} s. Let its callback return sooner and go on with the work afterwards.`,
      { data: { deliveryTimeoutMs: this.terms.deliveryTimeoutMs } },
    );
  }

  #failed(error: unknown): void {
    const reason = error ?? new Error('The handler failed without saying why.');
    if (this.#closed || this.#tries > this.terms.maxRetries) {
      this.#end(reason);
      return;
    }
    this.#lastError = reason;
    this.state = 'resting';
    this.#timer = setTimeout(() => {
      this.state = 'due';
      this.owner.due();
    }, this.terms.retryDelayMs);
  }

  #end(error: unknown): void {
    const events = this.#events;
    this.#events = NOTHING;
    this.#lastError = undefined;
    this.state = 'idle';
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    this.owner.ended(events, error);
  }
}
