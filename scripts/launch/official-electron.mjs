/**
 * The official Electron of package.json. Its binary is no part of the package and is fetched when first needed; a
 * network that drops packets would hang that for ever, so it has a deadline, and a failure is remembered for a day.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { showProgress } from './progress.mjs';
import { inProject } from './project.mjs';
import { runCommand } from './run-command.mjs';

const DEADLINE_MS = 60_000;
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

const packageFolder = () => inProject('node_modules', 'electron');
const failureFile = () => join(cacheFolder(), 'official-electron-failed.json');

const readJson = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** Looks only: loading the package would start the download. */
export async function findOfficialElectron(folder = packageFolder()) {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const dist = join(folder, 'dist');
  const executable = join(dist, (await readFile(pathFile, 'utf8')).trim());
  if (!existsSync(executable) || !existsSync(join(dist, 'version'))) return undefined;
  const version = (await readFile(join(dist, 'version'), 'utf8')).trim().replace(/^v/, '');
  const { version: wanted } = await readJson(join(folder, 'package.json'));
  return version === wanted ? { dist, executable, version } : undefined;
}

/** @returns {string | undefined} why not to try again yet. */
export function rememberedFailure(failure, version, now = Date.now()) {
  if (failure === undefined || failure.version !== version || now - failure.time > REMEMBERED_MS) return undefined;
  const hours = Math.max(1, Math.round((now - failure.time) / 3_600_000));
  return `${failure.reason} ${hours} h ago or less; --retry-electron tries again`;
}

async function readFailure() {
  try {
    return await readJson(failureFile());
  } catch (error) {
    // None, or one cut off while it was written: then it is tried again.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns {Promise<{ found?: object, reason?: string }>} */
export async function fetchOfficialElectron({ retry = false } = {}) {
  const { version } = await readJson(join(packageFolder(), 'package.json'));
  if (retry) await rm(failureFile(), { force: true });
  const remembered = rememberedFailure(await readFailure(), version);
  if (remembered !== undefined) return { reason: remembered };
  const done = showProgress(`Fetching Electron ${version}`);
  const result = await runCommand(process.execPath, [join(packageFolder(), 'install.js')], {
    timeoutMs: DEADLINE_MS,
    onOutput: () => {},
  });
  const found = result.code === 0 ? await findOfficialElectron() : undefined;
  if (found !== undefined) {
    done('fetched');
    return { found };
  }
  const reason = result.timedOut ? 'it could not be fetched within a minute' : 'it could not be fetched';
  done(lastLine(result.output) ?? reason);
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(failureFile(), JSON.stringify({ version, time: Date.now(), reason }));
  return { reason };
}

/** The sentence of an error, without its stack. */
const lastLine = (output) =>
  output
    .split('\n')
    .find((line) => /error/i.test(line))
    ?.trim();
