/** Why a plugin's process ended by itself, in a sentence that helps, and with the limit where it was one. */
import { StudioError } from '@shared/errors';
import { limitError } from './limit-hit';
import { moreMemory } from './limit-layers';
import type { RunnerExit } from './runner-process';
import type { RuntimeLimits } from './runtime-limits';
import { overMemory } from './usage-watch';

const LAST_LINES = 5;
const MEGABYTE = 1024 * 1024;

const megabytes = (bytes: number) => Math.round(bytes / MEGABYTE);

/** StudioError plugins/crashed (data: exitCode, signal, and the limit that was hit). */
export function describeEnd(exit: RunnerExit, limits: RuntimeLimits): StudioError {
  const { exitCode, signal, lastWords, overMemoryBytes, overflowed, unread, unsayable } = exit;
  const data = { exitCode, signal };
  if (overflowed !== undefined) {
    const message =
      `The plugin's process said more than ${megabytes(limits.lineBytes)} MB in one message and was ended. ` +
      'Send less, or in parts.';
    return limitError({ reason: 'flood', figure: overflowed, limit: limits.lineBytes, unit: 'bytes' }, message, data);
  }
  if (unread !== undefined) {
    const message =
      `The plugin's process did not read what it was sent: ${megabytes(unread)} MB of answers waited for it, and it ` +
      'was ended. Await what you ask for before you ask for more, and let long work pause now and then.';
    return limitError({ reason: 'flood', figure: unread, limit: limits.lineBytes, unit: 'bytes' }, message, data);
  }
  if (unsayable !== undefined) {
    const message =
      `The plugin's process was ended, since what it was to be sent cannot be sent (${unsayable}). ` +
      'Ask for less at once: fewer events of the history, or smaller batches.';
    return new StudioError('plugins/crashed', message, { data: { ...data, unsayable } });
  }
  if (overMemoryBytes !== undefined) return overMemory(overMemoryBytes, limits, data);
  if (/heap out of memory|invalid table size|Fatal process out of memory/i.test(lastWords)) {
    const limit = limits.heapMb * MEGABYTE;
    const message =
      `The plugin ran out of its ${limits.heapMb} MB of heap. Work in smaller parts, or keep less.` +
      moreMemory(limits);
    const from = limits.from.memory ?? 'built-in';
    return limitError({ reason: 'memory', figure: limit, limit, unit: 'bytes', from }, message, data);
  }
  const how = signal === undefined ? `with exit code ${exitCode ?? 'unknown'}` : `by signal ${signal}`;
  const words = lastWords.trim().split('\n').slice(-LAST_LINES).join('\n');
  const end = `The plugin's process ended ${how} while it was in use. Start the plugin again.`;
  return new StudioError('plugins/crashed', words === '' ? end : `${end} Its last words:\n${words}`, { data });
}
