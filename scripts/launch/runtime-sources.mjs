/** Where this machine's runtimes come from. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fetchDevelopmentElectron } from './development-electron.mjs';
import { fetchOfficialElectron, findOfficialElectron } from './official-electron.mjs';

const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

export async function findElectronIn(folder, platform = process.platform) {
  const dist = resolve(folder);
  const executable = join(dist, EXECUTABLES[platform] ?? 'electron');
  if (!existsSync(executable)) return undefined;
  const versionFile = join(dist, 'version');
  const version = existsSync(versionFile)
    ? (await readFile(versionFile, 'utf8')).trim().replace(/^v/, '')
    : 'of its own';
  return { dist, executable, version };
}

export const runtimeSources = ({ retryElectron = false } = {}) => ({
  findOverride: findElectronIn,
  findOfficial: () => findOfficialElectron(),
  fetchOfficial: () => fetchOfficialElectron({ retry: retryElectron }),
  fetchDevelopment: () => fetchDevelopmentElectron(),
});

/** A display that a window can appear on. On Windows and a Mac there always is one. */
export const hasDisplay = (environment = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);

/**
 * Chromium refuses to run its sandbox as root, and dies where the system forbids the namespaces that it needs and
 * its helper is not installed by root, which it never is in a folder of one's own.
 */
export function electronArguments({ userId, namespacesRestricted }) {
  return ['--log-level=3', ...(userId === 0 || namespacesRestricted ? ['--no-sandbox'] : [])];
}

export async function machineFacts() {
  const restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  const namespacesRestricted = existsSync(restriction) && (await readFile(restriction, 'utf8')).trim() === '1';
  return { userId: process.getuid?.(), namespacesRestricted };
}
