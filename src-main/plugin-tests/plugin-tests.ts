/**
 * The tests of all plugins. They run as plugins do, under the same limits, but apart from them: on a bus of their own
 * that nobody listens to.
 */
import { createEventBus } from '../bus/event-bus';
import type { RuntimeLimits } from '../runtime/runtime-limits';
import { createSupervisor } from '../runtime/supervisor';
import { createFolderTests, type FolderTests } from './folder-tests';

export interface PluginTests {
  /** @param folder Real path. */
  open(folder: string): FolderTests;
  close(): Promise<void>;
}

export interface PluginTestsOptions {
  readonly sdkFile: string;
  readonly runnerFile: string;
  readonly tempFolder: string;
  /** What holds for all plugins; what is built in unless told. */
  readonly presentLimits?: () => RuntimeLimits;
  readonly onError: (error: unknown) => void;
}

const LIMITS = { startupTimeoutMs: 15_000, shutdownTimeoutMs: 2_000 };

export function createPluginTests(options: PluginTestsOptions): PluginTests {
  const { runnerFile, tempFolder, presentLimits } = options;
  const bus = createEventBus();
  const supervisor = createSupervisor({
    bus,
    runnerFile,
    tempFolder,
    limits: LIMITS,
    ...(presentLimits === undefined ? {} : { presentLimits }),
  });
  const opened = new Set<FolderTests>();
  return {
    open(folder) {
      const tests = createFolderTests({ ...options, folder, supervisor });
      opened.add(tests);
      return {
        ...tests,
        async close() {
          opened.delete(tests);
          await tests.close();
        },
      };
    },
    async close() {
      await Promise.all([...opened].map((tests) => tests.close()));
      await supervisor.close();
      await bus.close();
    },
  };
}
