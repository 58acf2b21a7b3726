/**
 * Runs foreign work on this thread for so long at most. A regular expression that a plugin brought can take longer than
 * anybody lives, and nothing but the engine can stop it; the engine does so for a script that has run out of its time.
 */
import { Script } from 'node:vm';

const script = new Script('work()');

/** @returns what the work returns, or undefined where its time ran out. It must not change anything half-way. */
export function withinDeadline<Value>(milliseconds: number, work: () => Value): { value: Value } | undefined {
  try {
    return { value: script.runInNewContext({ work }, { timeout: milliseconds }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
