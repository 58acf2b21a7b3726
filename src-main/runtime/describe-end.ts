/** Why a plugin's process ended by itself, in a sentence that helps. */
import type { RunnerExit } from './runner-process';
import type { RuntimeLimits } from './runtime-limits';

const LAST_LINES = 5;

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

export function describeEnd(exit: RunnerExit, limits: RuntimeLimits): string {
  const { exitCode, signal, lastWords, overMemory, overflowed } = exit;
  if (overflowed) {
    return (
      `The plugin's process said more than ${megabytes(limits.lineBytes)} MB in one message and was ended. ` +
      'Send less, or in parts.'
    );
  }
  if (overMemory !== undefined) {
    return (
      `The plugin's process held ${megabytes(overMemory)} MB of memory and was ended; it may hold ` +
      `${limits.memoryMb} MB. Work in smaller parts, or keep less.`
    );
  }
  if (/heap out of memory|invalid table size|Fatal process out of memory/i.test(lastWords)) {
    return `The plugin ran out of its ${limits.heapMb} MB of heap. Work in smaller parts, or keep less.`;
  }
  const how = signal === undefined ? `with exit code ${exitCode ?? 'unknown'}` : `by signal ${signal}`;
  const words = lastWords.trim().split('\n').slice(-LAST_LINES).join('\n');
  const end = `The plugin's process ended ${how} while it was in use. Start the plugin again.`;
  return words === '' ? end : `${end} Its last words:\n${words}`;
}
