/** Waits for something that cannot be stopped itself, but no longer than the run that wants it goes on. */
import { StudioError } from '@shared/errors';

const cancelled = () => new StudioError('runs/cancelled', 'The run was stopped before it began.');

/** @throws what the task throws, and runs/cancelled as soon as the signal is given; the task then goes on by itself. */
export async function unlessCancelled<Value>(task: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([stopped, task]).finally(() => signal.removeEventListener('abort', stop));
}
