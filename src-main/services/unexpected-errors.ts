/**
 * Errors of the host that nobody was waiting for. After a promise that nobody caught the process is as sound as
 * before and goes on; after an exception that nobody caught nothing is known of it any more, and it has to end.
 */
import type { Dispose } from '@shared/rpc';

export interface UnexpectedError {
  readonly error: unknown;
  /** The process has to end. */
  readonly isFatal: boolean;
}

export interface UnexpectedErrors {
  /** From then on this handler hears them alone, until it is disposed of. */
  take(handler: (unexpected: UnexpectedError) => void): Dispose;
}

/** Without this Node ends the process for either, with a code that means something else on the command line. */
export function listenForUnexpected(
  host: Pick<NodeJS.Process, 'on'>,
  first: (unexpected: UnexpectedError) => void,
): UnexpectedErrors {
  const handlers = [first];
  const hear = (unexpected: UnexpectedError) => handlers.at(-1)?.(unexpected);
  host.on('unhandledRejection', (error) => hear({ error, isFatal: false }));
  host.on('uncaughtException', (error) => hear({ error, isFatal: true }));
  return {
    take(handler) {
      handlers.push(handler);
      return () => void handlers.splice(handlers.indexOf(handler), 1);
    },
  };
}
