/** `studio test`: the tests of a plugin, in its sandbox. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { TestDetail, TestFile } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { changeError } from '../../files/change-error';
import { writeAtomically } from '../../files/write-atomically';
import { createJunitReport } from '../../plugin-tests/junit-report';
import { createCommandStudio } from './command-studio';
import { EXIT } from './exit-codes';
import type { Terminal } from './terminal';
import { testsAsJson, testsAsText } from './test-report';

export const TEST_FORMATS = ['text', 'json'] as const;

export interface TestOptions {
  readonly filter?: string;
  /** Where the results go as JUnit XML. */
  readonly junit?: string;
  readonly format: (typeof TEST_FORMATS)[number];
  readonly registryConfig?: string;
}

const HAS_FAILED = new Set<TestDetail['outcome']>(['failed', 'timeout', 'crashed']);

/** Returns the exit code, or undefined where it was stopped. @throws StudioError tests/none where there are no tests. */
export async function testCommand(
  pluginFolder: string,
  options: TestOptions,
  mainFolder: string,
  terminal: Terminal,
): Promise<number | undefined> {
  const studio = await createCommandStudio(mainFolder, 'command-line', terminal, {
    registryConfig: options.registryConfig,
  });
  try {
    const { folder, name } = await studio.services.workspace.calls.openPlugin({
      folder: resolve(terminal.currentFolder, pluginFolder),
    });
    const tests = studio.services.tests.of(folder);
    const stop = () => void tests.cancel();
    terminal.stopped.addEventListener('abort', stop, { once: true });
    if (!terminal.stopped.aborted) await tests.run(options.filter === undefined ? {} : { filter: options.filter });
    if (terminal.stopped.aborted) return undefined;

    const { files } = tests.state();
    const run = tests.details().filter(({ outcome }) => outcome !== 'none');
    refuseNothing(files, run, options.filter);
    const report = { plugin: name, files, tests: run };
    await terminal.write(options.format === 'json' ? testsAsJson(report) : testsAsText(report, terminal));
    if (options.junit !== undefined) {
      await writeReport(resolve(terminal.currentFolder, options.junit), createJunitReport(name, files, run));
    }
    if (files.some(({ error }) => error !== undefined)) return EXIT.pluginFailed;
    return run.some(({ outcome }) => HAS_FAILED.has(outcome)) ? EXIT.findings : EXIT.done;
  } finally {
    await studio.close();
  }
}

/** A fresh checkout has no folder for reports. */
async function writeReport(file: string, xml: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw changeError(error, dirname(file));
  });
  await writeAtomically(file, xml);
}

function refuseNothing(files: readonly TestFile[], run: readonly TestDetail[], filter: string | undefined): void {
  if (run.length > 0 || files.some(({ error }) => error !== undefined)) return;
  const why =
    files.length === 0
      ? 'There are no tests. Write the first in tests/, in a file whose name ends in .test.ts.'
      : filter === undefined
        ? 'The files in tests/ have no tests. Add one with test(name, body).'
        : `No test has "${filter}" in its name or the name of its file.`;
  throw new StudioError('tests/none', why);
}
