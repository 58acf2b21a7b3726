/** A hash over the names and contents of files: equal means that nothing they make has to be made again. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const isPartOfBuild = (name) => !/\.(test|fixture|bench)\.[cm]?[jt]sx?$/.test(name) && name !== '.DS_Store';

async function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const nested = await Promise.all(
    entries.filter(({ name }) => isPartOfBuild(name)).map(({ name }) => filesUnder(join(path, name))),
  );
  return nested.flat();
}

/**
 * @param {string} root
 * @param {readonly string[]} paths files and folders inside it; those that are not there count as empty.
 */
export async function fingerprintOf(root, paths) {
  const files = (await Promise.all(paths.map((path) => filesUnder(join(root, path))))).flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    hash.update(`${file.slice(root.length)}\0${contents[index].length}\0`).update(contents[index]);
  }
  return hash.digest('hex');
}
