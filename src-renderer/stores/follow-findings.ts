/**
 * Reads what a run over a folder has found so far, as it grows. Reading gives the whole run each time, so one reading
 * waits for the one before, and then for several times as long as that took: however much there is, most of the time
 * stays for the run and for the person. Never more than ten times a second.
 */
import type { RunSummary } from '@shared/contracts';

const LEAST_PAUSE_MS = 100;
const PAUSE_PER_READING = 5;

export interface FollowFindings {
  /** To be told of every change of a run that goes on. */
  changed(summary: RunSummary): void;
}

/** @param have how many findings of a run are here, counting those that the host does not keep. */
export function followFindings(
  read: (runId: string) => Promise<void>,
  have: (runId: string) => number,
  report: (error: unknown) => void,
): FollowFindings {
  const latest = new Map<string, RunSummary>();
  let resting = false;

  const readNext = async () => {
    const next = [...latest.values()].find(({ runId, findingCount }) => findingCount > have(runId));
    latest.clear();
    if (next === undefined) {
      resting = false;
      return;
    }
    const begun = performance.now();
    try {
      await read(next.runId);
    } catch (error) {
      report(error);
    }
    setTimeout(() => void readNext(), Math.max(LEAST_PAUSE_MS, (performance.now() - begun) * PAUSE_PER_READING));
  };

  return {
    changed(summary) {
      latest.set(summary.runId, summary);
      if (resting) return;
      resting = true;
      void readNext();
    },
  };
}
