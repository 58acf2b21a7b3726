/** What a plugin's log says of errors that nobody caught; a test that leaves one has failed. */
export const UNCAUGHT_REJECTION = 'A promise was rejected and nobody caught it:';
export const UNCAUGHT_ERROR = 'An error was thrown and nobody caught it:';
/** @param where Such as `setTimeout`. */
export const callbackThrew = (where: string) => `A callback of ${where} threw:`;

const BEGINNINGS =
  /^(A promise was rejected and nobody caught it|An error was thrown and nobody caught it|A callback of \w+ threw): /;

/** The error alone, where the line of the log tells of one that nobody caught. */
export function uncaughtIn(message: string): string | undefined {
  const [beginning] = BEGINNINGS.exec(message) ?? [];
  return beginning === undefined ? undefined : message.slice(beginning.length);
}
