/** A plugin folder with files of tests, run for real. Nothing is left of it after close. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestDetail } from '@shared/contracts';
import { createEventBus } from '../bus';
import { createSupervisor } from '../runtime';
import type { BrokenTestFile } from './broken-test-file';
import { buildTestFiles } from './build-test-files';
import { runTestFile } from './run-test-file';

const built = resolve(import.meta.dirname, '../../out/test');
export const sdkFile = join(built, 'mcp-plugin-sdk.mjs');
export const runnerFile = join(built, 'runner-javascript.js');

export const MANIFEST = { name: 'sample', version: '1.0.0', plugin_type: 'analyzer', entry_point: 'src.plugin:Sample' };

export interface TestFolder {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  /** Runs one file; the details by the tests' whole names. */
  run(text: string, signal?: AbortSignal): Promise<{ tests: Record<string, TestDetail>; broken?: BrokenTestFile }>;
  close(): Promise<void>;
}

export async function openTestFolder(): Promise<TestFolder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-tests-')));
  const bus = createEventBus();
  const supervisor = createSupervisor({ bus, runnerFile, tempFolder: join(folder, 'temp') });
  const write = async (path: string, text: string) => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  await write('plugin.json', JSON.stringify(MANIFEST));
  return {
    folder,
    write,
    async run(text, signal = new AbortController().signal) {
      await write('tests/sample.test.ts', text);
      const tests: Record<string, TestDetail> = {};
      const note = (test: TestDetail) => {
        tests[test.path.join(' > ')] = test;
      };
      const file = 'tests/sample.test.ts';
      const built = (await buildTestFiles({ folder, sdkFile }, [file])).get(file);
      if (built === undefined) throw new Error('The file was not built.');
      const options = { folder, file, runnerFile, supervisor, signal };
      const broken = await runTestFile(options, built, () => true, {
        onListed: (all) => all.forEach(note),
        onTest: note,
      });
      return broken === undefined ? { tests } : { tests, broken };
    },
    async close() {
      await supervisor.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
