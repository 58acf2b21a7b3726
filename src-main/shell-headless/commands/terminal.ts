/**
 * Where a command reads and writes. Only results go to the standard output; a reader that has had enough of them,
 * such as head, ends the command quietly.
 */
import type { Readable } from 'node:stream';
import { StudioError } from '@shared/errors';

export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** Settles when there is room for more. Does nothing once the reader is gone. @throws StudioError cli/cannot-write */
  write(text: string): Promise<void>;
  /** Settles when all is written. */
  flush(): Promise<void>;
  /** A line about what is going on, on the standard error. */
  say(line: string): void;
  /** Text on the standard error as it is, such as a line that is to be overwritten. */
  sayRaw(text: string): void;
  readonly hasColours: boolean;
  readonly stderrColumns: number | undefined;
  /** Aborted when the reader of the standard output is gone, or when the person or the system stops the command. */
  readonly stopped: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly currentFolder: string;
}

export function createTerminal(host: NodeJS.Process, stop: AbortController): Terminal {
  const { stdin, stdout, stderr, env } = host;
  let isClosed = false;
  const wakeups = new Set<() => void>();
  const failures: Error[] = [];
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    isClosed = true;
    if (error.code === 'EPIPE') stop.abort();
    else failures.push(cannotWrite(error));
    for (const wake of wakeups) wake();
  });
  // Nobody reads what is said; the command goes on without.
  stderr.on('error', () => undefined);

  const untilRoom = () =>
    new Promise<void>((resolve) => {
      const wake = () => {
        wakeups.delete(wake);
        stdout.off('drain', wake);
        resolve();
      };
      wakeups.add(wake);
      stdout.once('drain', wake);
    });

  return {
    stdin,
    async write(text) {
      if (!isClosed && !stdout.write(text)) await untilRoom();
      if (failures[0] !== undefined) throw failures[0];
    },
    async flush() {
      if (isClosed || stdout.writableLength === 0) return;
      await new Promise<void>((resolve) => stdout.write('', () => resolve()));
    },
    say: (line) => void stderr.write(`${line}\n`),
    sayRaw: (text) => void stderr.write(text),
    hasColours: stdout.isTTY === true && !env.NO_COLOR,
    get stderrColumns() {
      // A terminal of unknown width says 0.
      return stderr.isTTY ? stderr.columns || 80 : undefined;
    },
    stopped: stop.signal,
    environment: env,
    currentFolder: host.cwd(),
  };
}

const cannotWrite = (cause: Error) =>
  new StudioError(
    'cli/cannot-write',
    `The results cannot be written to the standard output: ${cause.message}. Make room for them, or send them elsewhere.`,
    { cause },
  );
