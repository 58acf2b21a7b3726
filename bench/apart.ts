/**
 * Measures contenders in threads of their own, one at a time: what the engine has learned of one contender's code
 * must not tell on the next one's.
 */
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Contender, type Measured, processorMs } from './bench';

/** By a name that is theirs alone within the bench; each is made in its own thread. */
export type Contenders = Readonly<Record<string, () => Contender>>;

interface Task {
  readonly bench: string;
  readonly contender: string;
}

/** In a thread: makes the contender that the thread is for, and runs it whenever it is told to. */
export function serveContender(contendersOf: (bench: string) => Contenders | undefined): void {
  const { bench, contender } = workerData as Task;
  const made = contendersOf(bench)?.[contender]?.();
  if (made === undefined) throw new Error(`The bench ${bench} has no contender ${contender}.`);
  const { name, run, part = 1 } = made;
  parentPort?.on('message', async () => {
    const began = processorMs();
    const did = (await run()) / part;
    parentPort?.postMessage({ name, ms: (processorMs() - began) / part, did } satisfies Measured);
  });
}

/** Rejects with what the thread failed with. */
async function runIn(thread: Worker): Promise<Measured> {
  const answer = once(thread, 'message');
  thread.postMessage('run');
  const [measured] = await answer;
  return measured as Measured;
}

/** All contenders in turn, again and again; the quickest round of each counts. */
export async function measureApart(bench: string, contenders: readonly string[], rounds: number): Promise<Measured[]> {
  const threads = contenders.map(
    (contender) => new Worker(new URL(import.meta.url), { workerData: { bench, contender } satisfies Task }),
  );
  try {
    const best: Measured[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, thread] of threads.entries()) {
        const measured = await runIn(thread);
        const { ms } = best[at] ?? measured;
        best[at] = { ...measured, ms: Math.min(ms, measured.ms) };
      }
    }
    return best;
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
