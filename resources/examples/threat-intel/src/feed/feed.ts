/** A feed as look-ups see it: what it says now, and where it comes from. */
import type { IndicatorIndex } from './indicator-index';

export interface FeedState {
  readonly index: IndicatorIndex;
  /** Another one means that answers from before are out of date. */
  readonly generation: string;
  readonly warnings: readonly string[];
}

export interface Feed {
  /** As answers name it. */
  readonly name: string;
  readonly url?: string;
  /** @throws Error where the feed cannot be read and there is no older one to use. */
  read(): Promise<FeedState>;
}
