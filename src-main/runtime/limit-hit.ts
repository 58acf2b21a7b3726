/**
 * A limit that ended a plugin: which, by how much, and what to do. Every error of that kind carries the same four
 * fields in its data, so that a status, a run and a report can show them without reading the sentence.
 */
import type { EndReason } from '@shared/contracts';
import { StudioError, type WireError } from '@shared/errors';

export type LimitHit = Pick<EndReason, 'reason' | 'figure' | 'limit' | 'unit' | 'from'>;

const REASONS: readonly unknown[] = ['memory', 'cpu', 'timeout', 'flood'] satisfies EndReason['reason'][];

/** StudioError plugins/timeout for a deadline, plugins/crashed for all else (data: the hit, and what is given). */
export function limitError(hit: LimitHit, message: string, data: Readonly<Record<string, unknown>> = {}): StudioError {
  const code = hit.reason === 'timeout' ? 'plugins/timeout' : 'plugins/crashed';
  return new StudioError(code, message, { data: { ...data, ...hit } });
}

/** What a failure says about the limit that was hit; undefined where it was none. */
export function endReasonOf(error: Pick<WireError, 'message' | 'data'> | undefined): EndReason | undefined {
  const { reason, figure, limit, unit, from } = (error?.data ?? {}) as Partial<EndReason>;
  if (error === undefined || !REASONS.includes(reason) || typeof figure !== 'number') return undefined;
  const origin = from === undefined ? {} : { from };
  return { reason, figure, limit, unit, ...origin, message: error.message } as EndReason;
}
