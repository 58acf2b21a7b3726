/**
 * What the end-to-end specs need of the system: a Chromium, and on Linux a display server for Electron and the
 * libraries that it is linked against. On Debian as root they are installed; elsewhere their lack is said.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../launch/run-command.mjs';

const CHROMIUMS = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Debian's names; newer releases append t64 to some. */
const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
];

/** @returns {string | undefined} the path of a program, looked up as a shell does. */
export function findProgram(name, environment = process.env) {
  if (name.includes('/') || name.includes('\\')) return existsSync(name) ? name : undefined;
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export function findChromium(environment = process.env, platform = process.platform) {
  const named = environment.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  for (const name of CHROMIUMS[platform] ?? []) {
    const path = findProgram(name, environment);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** @param {string} lddOutput @returns {string[]} the libraries that are not there. */
export const missingLibraries = (lddOutput) =>
  [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);

async function librariesMissingFor(executable) {
  if (process.platform !== 'linux' || executable === undefined) return [];
  const { output } = await runCommand('ldd', [executable], { onOutput: () => {} });
  return missingLibraries(output);
}

/** @returns {Promise<{ packages: string[], lacks: string[] }>} Debian's packages, and what each is needed for. */
async function findLacks(electronExecutable) {
  const lacks = [];
  const packages = [];
  if (findChromium() === undefined) {
    packages.push('chromium');
    lacks.push('Chromium is missing (or CHROMIUM_PATH names no file)');
  }
  if (process.platform === 'linux' && findProgram('Xvfb') === undefined) {
    packages.push('xvfb');
    lacks.push('Xvfb, the display without a screen, is missing');
  }
  const libraries = await librariesMissingFor(electronExecutable);
  if (libraries.length > 0) {
    packages.push(...ELECTRON_PACKAGES);
    lacks.push(`Electron lacks ${libraries.join(', ')}`);
  }
  return { packages, lacks };
}

/** @returns {Promise<string[]>} what is still missing, each with how to get it. */
export async function provideSystemPackages(electronExecutable, say) {
  const { packages, lacks } = await findLacks(electronExecutable);
  if (packages.length === 0) return [];
  const isDebian = findProgram('apt-get') !== undefined;
  if (isDebian && process.getuid?.() === 0) {
    say(`Installing ${packages.join(', ')} with apt-get …`);
    await installWithApt(packages);
    return (await findLacks(electronExecutable)).lacks;
  }
  const remedy = isDebian
    ? `Install it with: sudo apt-get install ${packages.join(' ')}`
    : `Install what your system calls Debian's ${packages.join(', ')}`;
  return lacks.map((lack) => `${lack}. ${remedy}.`);
}

async function installWithApt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => runCommand('apt-get', args, { env, stdio: ['ignore', 2, 2] });
  await apt('update', '-qq');
  const names = [];
  for (const name of packages) names.push((await isInstallable(name)) ? name : `${name}t64`);
  await apt('install', '-y', '-qq', '--no-install-recommends', ...names);
}

async function isInstallable(name) {
  const { output } = await runCommand('apt-cache', ['policy', name], { onOutput: () => {} });
  return /Candidate: (?!\(none\))/.test(output);
}
