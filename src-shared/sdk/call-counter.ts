/** Counts the calls of one method, in the words of the contract's stats maps. */
import type { CallOutcome, CallStats } from './base-plugin';

export class CallCounter {
  #successful = 0;
  #failed = 0;
  #duration = 0;

  constructor(private readonly method: string) {}

  /** @returns whether the call was one of those counted here. */
  note(outcome: CallOutcome): boolean {
    if (outcome.method !== this.method) return false;
    if (outcome.failed) this.#failed++;
    else this.#successful++;
    this.#duration += outcome.duration;
    return true;
  }

  read(): CallStats {
    const total = this.#successful + this.#failed;
    return {
      total_requests: total,
      successful_requests: this.#successful,
      failed_requests: this.#failed,
      total_duration: this.#duration,
      average_duration: total === 0 ? 0 : this.#duration / total,
    };
  }
}
