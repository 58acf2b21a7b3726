/**
 * Reads a runner's messages without letting it take the host: after a slice of work it stops reading and lets others
 * have a turn, so a runner that floods is held up by its own full pipe. Nothing is lost; order is kept.
 */
import type { Readable } from 'node:stream';

export interface MessageReaderOptions {
  /** Gets each message, unchecked. */
  readonly onMessage: (message: unknown) => void;
  /** A line that is no JSON. */
  readonly onBadLine: () => void;
  /** A line that is longer than allowed, in bytes so far. The stream is closed. */
  readonly onOverflow: (bytes: number) => void;
  readonly lineBytes: number;
  readonly sliceMs: number;
}

const NEWLINE = 0x0a;

/** Splits bytes into lines, keeping the unfinished one. */
class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;

  /** Bytes of the unfinished line. */
  get pending(): number {
    return this.#length;
  }

  *split(chunk: Buffer): Generator<string> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
      this.#parts = [];
      this.#length = 0;
      start = end + 1;
      yield line?.toString('utf8') ?? '';
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  #keep(part: Buffer) {
    this.#parts.push(part);
    this.#length += part.length;
  }
}

/** @returns resolves when the stream has closed and every message is handed over. */
export function readMessages(stream: Readable, options: MessageReaderOptions): Promise<void> {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  let messages: unknown[] = [];
  let next = 0;
  let working = false;
  let closed = false;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const parse = (line: string): unknown[] => {
    try {
      const value: unknown = JSON.parse(line);
      return Array.isArray(value) ? value : [value];
    } catch {
      options.onBadLine();
      return [];
    }
  };

  const hasNext = (): boolean => {
    while (next >= messages.length) {
      const line = lines.shift();
      if (line === undefined) return false;
      next = 0;
      messages = parse(line);
    }
    return true;
  };

  const work = () => {
    const until = performance.now() + options.sliceMs;
    while (hasNext()) {
      options.onMessage(messages[next++]);
      if (performance.now() < until) continue;
      stream.pause();
      setImmediate(work);
      return;
    }
    working = false;
    if (closed) finish();
    else stream.resume();
  };

  stream.on('data', (chunk: Buffer) => {
    for (const line of splitter.split(chunk)) lines.push(line);
    if (!working) {
      working = true;
      work();
    }
    if (splitter.pending > options.lineBytes) {
      stream.destroy();
      options.onOverflow(splitter.pending);
    }
  });
  stream.once('close', () => {
    closed = true;
    if (!working) finish();
  });
  return finished;
}
