/** Keeps a process to its share of a core by stopping it whenever it has taken more. */
import type { Dispose } from '@shared/rpc';
import { createCpuBudget } from './cpu-budget';
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

/** @returns lets it run as it likes. On Windows a share is advisory: it is measured, and nothing is stopped. */
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

  const follow = async () => {
    const first = await readCpuMs(pid);
    if (first === undefined) return;
    const budget = createCpuBudget(percent, first, performance.now());
    const look = async () => {
      const cpuMs = await readCpuMs(pid);
      if (closed || cpuMs === undefined) return;
      apply(budget.note(cpuMs, performance.now()));
      timer = setTimeout(() => void look(), LOOK_MS);
    };
    await look();
  };
  void follow();

  return () => {
    if (closed) return;
    closed = true;
    clearTimeout(timer);
    target.close();
    goOn?.();
    goOn = undefined;
  };
}
