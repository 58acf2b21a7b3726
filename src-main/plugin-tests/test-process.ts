/**
 * A process with one file of tests in it. The file is loaded as a plugin is, and with less: no capability of the
 * machine, and a bus of its own.
 */
import type { LogEntry } from '@shared/contracts';
import type { Artifact, Supervisor } from '../runtime';
import { pluginLogFor } from '../runtime/plugin-log';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';

/** As the testing module lists it. */
export interface ListedCase {
  readonly path: readonly string[];
  readonly mode: 'run' | 'skip' | 'todo';
  readonly deadlineMs: number;
  readonly stack: string;
}

export interface RawFailure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly diff?: string;
}

/** As the testing module answers. */
export interface CaseResult {
  readonly outcome: 'passed' | 'failed' | 'timeout';
  readonly durationMs: number;
  readonly failures: readonly RawFailure[];
}

export interface TestProcess {
  list(): Promise<ListedCase[]>;
  /**
   * @param remaining Tests of the file that are still to come.
   * @throws StudioError plugins/timeout, plugins/crashed, plugins/cancelled; then the process is gone.
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
    list: async () => (await instance.invoke('get_metadata', [], { timeoutMs: LIST_MS, signal })) as ListedCase[],
    run: async (test, remaining, deadlineMs) =>
      (await instance.invoke('analyze', [{ test, remaining }], {
        timeoutMs: deadlineMs + GRACE_MS,
        signal,
      })) as CaseResult,
    end: () => instance.stop(),
  };
}
