/**
 * A process with one file of tests in it. The file is loaded as a plugin is, and with less: no capability of the
 * machine, and a bus of its own.
 */
import type { LogEntry } from '@shared/contracts';
import type { Artifact, Supervisor } from '../runtime';
import { pluginLogFor } from '../runtime/plugin-log';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';
import { type CaseResult, checkCaseResult, checkListedCases, type ListedCase } from './case-answers';

export interface TestProcess {
  /** @throws StudioError tests/bad-answer */
  list(): Promise<ListedCase[]>;
  /**
   * @param remaining Tests of the file that are still to come.
   * @throws StudioError tests/bad-answer; plugins/timeout, plugins/crashed, plugins/cancelled: then the process is gone.
   */
  run(test: number, remaining: readonly number[], deadlineMs: number): Promise<CaseResult>;
  end(): Promise<void>;
}

/** The sandbox notices first that a test takes too long, unless it is in a loop. */
const GRACE_MS = 1_000;
const LIST_MS = 10_000;

export interface TestProcessOptions {
  readonly supervisor: Supervisor;
  readonly folder: string;
  readonly artifact: Artifact;
  readonly signal: AbortSignal;
  readonly onLog: (entry: LogEntry) => void;
}

/** @throws StudioError plugins/start-failed, plugins/cancelled */
export async function startTestProcess(options: TestProcessOptions): Promise<TestProcess> {
  const { supervisor, folder, artifact, signal, onLog } = options;
  const log = pluginLogFor({ ...DEFAULT_LIMITS, logEntries: 1_000 });
  log.onDidAppend.on(onLog);
  const manifest = { name: 'tests', version: '1.0.0' };
  const instance = await supervisor.start({ folder, manifest, artifact, config: {}, generation: 0, log, signal });
  return {
    list: async () => checkListedCases(await instance.invoke('get_metadata', [], { timeoutMs: LIST_MS, signal })),
    async run(test, remaining, deadlineMs) {
      const terms = { timeoutMs: deadlineMs + GRACE_MS, signal };
      return checkCaseResult(await instance.invoke('analyze', [{ test, remaining }], terms));
    },
    end: () => instance.stop(),
  };
}
