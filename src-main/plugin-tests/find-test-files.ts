/** The files of tests: everything in tests/ that ends in .test.ts, .test.js or .test.mjs. Links are not followed. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = 'tests';
const IS_TEST = /\.test\.(ts|js|mjs)$/;

export const isTestFile = (path: string): boolean => path.startsWith(`${FOLDER}/`) && IS_TEST.test(path);

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Paths in the plugin's folder, by name. */
export async function findTestFiles(folder: string, path = FOLDER): Promise<string[]> {
  const entries = await entriesOf(join(folder, path));
  const found = await Promise.all(
    entries.map(async (entry) => {
      const way = `${path}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : findTestFiles(folder, way);
      return entry.isFile() && IS_TEST.test(entry.name) ? [way] : [];
    }),
  );
  return found.flat().sort();
}
