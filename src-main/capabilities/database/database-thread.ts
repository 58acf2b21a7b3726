/**
 * Runs the statements of one plugin in a thread of their own; whoever asks does so one after the other. A statement that takes too long, or
 * that nobody waits for any more, ends the thread; the next one gets a fresh thread, and SQLite takes back what the
 * ended one had half written.
 */
import { rmdir, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { StudioError } from '@shared/errors';
import { ROWS_BYTES } from '../byte-limits';
import { failed, timedOut } from '../refusals';
import type { DatabaseThreadData, StatementAnswer, StatementRequest } from './database-protocol';

const MEGABYTE = 1024 * 1024;
const PAGE_BYTES = 4096;

export interface DatabaseThreadOptions {
  /** The thread's bundle, with the WebAssembly module beside it. */
  readonly workerFile: string;
  readonly timeoutMs?: number;
  readonly memoryBytes?: number;
  /** Bytes of one database. */
  readonly databaseBytes?: number;
}

export type Statement = Omit<StatementRequest, 'id'>;

export interface DatabaseThread {
  /** @throws StudioError capabilities/invalid, /failed, /too-large, /timeout */
  run(statement: Statement, signal: AbortSignal): Promise<StatementAnswer>;
  close(): Promise<void>;
}

export function createDatabaseThread(options: DatabaseThreadOptions): DatabaseThread {
  const { workerFile, timeoutMs = 10_000, memoryBytes = 256 * MEGABYTE, databaseBytes = 1024 * MEGABYTE } = options;
  let worker: Worker | undefined;
  let lastId = 0;
  let closed = false;

  const start = (): Worker => {
    const data: DatabaseThreadData = {
      rowBytes: ROWS_BYTES,
      memoryBytes,
      pages: databaseBytes / PAGE_BYTES,
    };
    const started = new Worker(workerFile, {
      workerData: data,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    started.unref();
    started.on('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const end = async () => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  async function run(statement: Statement, signal: AbortSignal): Promise<StatementAnswer> {
    if (closed || signal.aborted) throw givenUp();
    const since = Date.now();
    worker ??= start();
    const asked: StatementRequest = { ...statement, id: ++lastId };
    try {
      const answer = await ask(worker, asked, signal, timeoutMs);
      if (answer.error === undefined) return answer;
      if (answer.error.reason === 'memory') await end();
      throw refusal(statement.file, answer.error);
    } catch (error) {
      if (error instanceof Unanswered) {
        await end();
        await releaseLock(statement.file, since);
        throw error.why;
      }
      throw error;
    }
  }

  return {
    run,
    async close() {
      closed = true;
      await end();
    },
  };
}

class Unanswered extends Error {
  constructor(readonly why: StudioError) {
    super(why.message);
  }
}

const givenUp = () => failed('The statement was given up, since nobody waits for it.', 'ECANCELED');

function ask(
  worker: Worker,
  asked: StatementRequest,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<StatementAnswer> {
  return new Promise<StatementAnswer>((resolve, reject) => {
    const settle = (then: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      then();
    };
    const giveUp = (why: StudioError) => settle(() => reject(new Unanswered(why)));
    const onMessage = (answer: StatementAnswer) => settle(() => resolve(answer));
    const onError = (error: Error) => giveUp(failed(`SQLite failed: ${error.message}.`, 'memory', error));
    const onExit = () => giveUp(givenUp());
    const onAbort = () => giveUp(givenUp());
    const timer = setTimeout(() => giveUp(timedOut('The statement', timeoutMs)), timeoutMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(asked);
  });
}

function refusal(file: string, { code, reason, message }: NonNullable<StatementAnswer['error']>): StudioError {
  const hint = reason === 'locked' ? ` Another program uses it; where none does, remove the folder ${file}.lock.` : '';
  return new StudioError(`capabilities/${code}`, `SQLite says: ${message}.${hint}`, { data: { reason } });
}

/** SQLite here locks a file by a folder beside it, which an ended thread leaves behind. Older ones are of others. */
async function releaseLock(file: string, since: number): Promise<void> {
  const lock = `${file}.lock`;
  const made = await stat(lock).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  if (made === undefined || made < since - 2000) return;
  await rmdir(lock).catch((error: unknown) => {
    throw failed(`${lock} cannot be removed. Remove it, or the database stays locked.`, 'locked', error);
  });
}
