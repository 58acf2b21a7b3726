/**
 * What becomes of a plugin that crashed: it starts again, later each time, and not at all once it crashed too often in
 * a while. What it did before somebody let it go again does not count any more.
 */
import type { Quarantine } from '@shared/contracts';
import type { WireError } from '@shared/errors';

export interface CrashRules {
  /** So many crashes within `windowMs` are too many. */
  readonly mostCrashes: number;
  readonly windowMs: number;
  /** Until the first restart; twice as long for each that follows, up to `longestBackoffMs`. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
}

export const CRASH_RULES: CrashRules = {
  mostCrashes: 3,
  windowMs: 5 * 60_000,
  backoffMs: 500,
  longestBackoffMs: 30_000,
};

type Crash = Quarantine['reasons'][number];

export interface CrashHistory {
  /** @returns after how long it may start again; undefined where it may not */
  note(error: WireError, at: number): number | undefined;
  readonly quarantine: Quarantine | undefined;
  release(): void;
}

export function createCrashHistory(rules: CrashRules): CrashHistory {
  const { mostCrashes, windowMs, backoffMs, longestBackoffMs } = rules;
  let crashes: Crash[] = [];
  let quarantine: Quarantine | undefined;
  return {
    note({ code, message }, at) {
      crashes = [...crashes.filter((crash) => at - crash.at < windowMs), { at, code, message }];
      if (crashes.length >= mostCrashes) quarantine = { since: at, reasons: crashes };
      return quarantine === undefined ? Math.min(longestBackoffMs, backoffMs * 2 ** (crashes.length - 1)) : undefined;
    },
    get quarantine() {
      return quarantine;
    },
    release() {
      quarantine = undefined;
      crashes = [];
    },
  };
}
