/** A plugin folder in a temporary folder of its own, for tests that build what they write. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { EntryPoint } from '@shared/contracts';

export const sdkFile = resolve(import.meta.dirname, '../../out/test/mcp-plugin-sdk.mjs');

export const entry: EntryPoint = {
  module: 'src.plugin',
  className: 'Sample',
  language: 'typescript',
  file: 'src/plugin.ts',
};

export interface BuildWorkspace {
  readonly folder: string;
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

export async function createBuildWorkspace(): Promise<BuildWorkspace> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'mcp-build-')));
  const folder = join(parent, 'plugin');
  await mkdir(folder);
  return {
    folder,
    async write(path, text) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}
