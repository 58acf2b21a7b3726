/**
 * The one error of the studio. A failure has a code that a program can tell apart and a message that tells a person
 * what to do next; it keeps both across a process boundary. Stack traces stay in the log.
 */
export interface ErrorData {
  readonly [name: string]: unknown;
}

/** A StudioError as it travels between window and host. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly data?: ErrorData;
}

export class StudioError extends Error {
  override readonly name = 'StudioError';
  readonly data: ErrorData;

  /** @param code `area/what-is-wrong`, such as `manifest/unknown-permission`. */
  constructor(
    readonly code: string,
    message: string,
    options: { data?: ErrorData; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.data = options.data ?? {};
  }
}

export const isStudioError = (error: unknown, code?: string): error is StudioError =>
  error instanceof StudioError && (code === undefined || error.code === code);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the other side may know: a StudioError whole, of anything else only that it happened. */
export function toWireError(error: unknown): WireError {
  if (error instanceof StudioError) return { code: error.code, message: error.message, data: error.data };
  return {
    code: 'studio/internal',
    message: `Something went wrong in the host: ${messageOf(error)}. Its log has the details.`,
  };
}

export const fromWireError = ({ code, message, data }: WireError) =>
  new StudioError(code, message, data === undefined ? {} : { data });
