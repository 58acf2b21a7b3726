/** Installs the packages where they are missing or the lock file is another one than they were installed from. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './project.mjs';
import { npmCommand, runCommand } from './run-command.mjs';
import { inSetUpTurn } from './set-up-turn.mjs';

/** Packages bring binaries for one platform and processor. */
export const installKey = (lockText, platform = `${process.platform}-${process.arch}`) =>
  createHash('sha256').update(lockText).update(platform).digest('hex');

/** @returns {Promise<string | undefined>} why to install, or undefined where all is there. */
export async function reasonToInstall(root = PROJECT) {
  const marker = join(root, 'node_modules', '.studio-installed');
  if (!existsSync(join(root, 'node_modules'))) return 'node_modules is missing';
  if (!existsSync(marker)) return 'node_modules is of unknown age';
  const key = installKey(await readFile(join(root, 'package-lock.json')));
  return (await readFile(marker, 'utf8')) === key ? undefined : 'package-lock.json has changed';
}

/** @param {(line: string) => void} say @throws {Error} where npm failed. */
export async function installWhenStale(say) {
  if ((await reasonToInstall()) !== undefined) await inSetUpTurn(say, () => install(say));
}

async function install(say) {
  const reason = await reasonToInstall();
  if (reason === undefined) return;
  say(`Installing the packages, because ${reason} …`);
  // Its output goes to standard error: standard output belongs to the command's result.
  const { code } = await runCommand(npmCommand, ['ci', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Error('npm ci failed; see above. Is the network there? Then run the same command again.');
  const key = installKey(await readFile(join(PROJECT, 'package-lock.json')));
  await writeFile(join(PROJECT, 'node_modules', '.studio-installed'), key);
}
