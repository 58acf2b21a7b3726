/**
 * Where the built studio finds what it brings along, and where it keeps what it remembers. Both shells ask here, so
 * that the window and the command line always share one data folder.
 */
import { isAbsolute, join, relative, resolve } from 'node:path';

export interface StudioPaths {
  /** Holds examples/, schemas/ and sdk/. */
  readonly resourcesFolder: string;
  /** Forked once for each running plugin. */
  readonly runnerFile: string;
  /** The thread that runs the databases of a plugin. */
  readonly databaseWorkerFile: string;
  /** What a plugin gets when it imports `mcp-plugin-sdk`. */
  readonly sdkFile: string;
  /** The built window. */
  readonly rendererFolder: string;
}

/** @param mainFolder out/main: the folder of the bundle that asks (its `__dirname`). */
export function studioPaths(mainFolder: string, packagedResources = electronResources()): StudioPaths {
  const isPackaged = packagedResources !== undefined && isInside(packagedResources, mainFolder);
  const resourcesFolder = isPackaged ? packagedResources : resolve(mainFolder, '..', '..', 'resources');
  return {
    resourcesFolder,
    runnerFile: join(mainFolder, 'runner-javascript.js'),
    databaseWorkerFile: join(mainFolder, 'database-worker.js'),
    sdkFile: join(resourcesFolder, 'sdk', 'mcp-plugin-sdk.mjs'),
    rendererFolder: resolve(mainFolder, '..', 'renderer'),
  };
}

/**
 * MCP_STUDIO_HOME where it is set (relative to the current folder), else the place for application data of the
 * operating system. The folder need not exist yet.
 *
 * @param home the person's home folder.
 */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: string = process.platform,
): string {
  const chosen = environment.MCP_STUDIO_HOME;
  return chosen ? resolve(chosen) : join(applicationData(environment, home, platform), 'mcp-plugin-studio');
}

function applicationData(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: string,
): string {
  if (platform === 'win32') return environment.APPDATA || join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  // The XDG specification says to ignore a relative path.
  const xdg = environment.XDG_DATA_HOME;
  return xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share');
}

/** Electron sets it in every process; in development it is the runtime's own folder, not the studio's. */
const electronResources = () => (process as { resourcesPath?: string }).resourcesPath;

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
