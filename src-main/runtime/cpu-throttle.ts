/** Keeps a process to its share of a core by stopping it whenever it has taken more. */
import type { Dispose } from '@shared/rpc';
import { type CpuBudget, createCpuBudget } from './cpu-budget';
import { readCpuMs } from './process-usage';
import { CAN_STOP_PROCESSES, stoppable } from './stopped-processes';

export interface CpuThrottleOptions {
  readonly pid: number;
  /** Of one core. */
  readonly percent: number;
  /** It stands still from now on; the answer is called when it goes on. */
  readonly onStop: () => Dispose;
}

/** Often enough that a call is never held up for long, seldom enough that it costs nothing. */
const LOOK_MS = process.platform === 'linux' ? 20 : 200;

/** @returns lets it run as it likes; to be called when it has ended, since its id may then be that of another. On Windows a share is advisory: it is measured, and nothing is stopped. */
export function throttleCpu({ pid, percent, onStop }: CpuThrottleOptions): Dispose {
  if (!CAN_STOP_PROCESSES) return () => undefined;
  const target = stoppable(pid);
  let goOn: Dispose | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const apply = (mayRun: boolean) => {
    if (!mayRun && goOn === undefined && target.stop()) goOn = onStop();
    if (!mayRun || goOn === undefined) return;
    target.goOn();
    goOn();
    goOn = undefined;
  };

  let budget: CpuBudget | undefined;
  const look = async () => {
    const cpuMs = await readCpuMs(pid);
    if (closed) return;
    // What cannot be read now, for instance since the host has too many files open, can be later.
    if (cpuMs !== undefined) {
      budget ??= createCpuBudget(percent, cpuMs, performance.now());
      apply(budget.note(cpuMs, performance.now()));
    }
    timer = setTimeout(() => void look(), LOOK_MS);
  };
  void look();

  return () => {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    target.close();
    goOn?.();
    goOn = undefined;
  };
}
