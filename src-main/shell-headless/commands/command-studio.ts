/** The studio as the command line makes it: from the files beside the bundle, with the person's own data folder. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { StudioInfo } from '@shared/contracts';
import type { Allowance } from '../../capabilities';
import { createStudio, type Studio } from '../../services/create-studio';
import { dataFolder, studioPaths } from '../../services/studio-paths';
import type { Terminal } from './terminal';

/** @param mainFolder of the bundle that runs. */
export function createCommandStudio(
  mainFolder: string,
  door: StudioInfo['door'],
  terminal: Terminal,
  allowance?: Allowance,
): Promise<Studio> {
  return createStudio({
    ...studioPaths(mainFolder),
    dataFolder: dataFolder(terminal.environment, homedir()),
    door,
    runtime: `Node ${process.versions.node}`,
    version: studioVersion(mainFolder),
    environment: terminal.environment,
    log: terminal.say,
    ...(allowance === undefined ? {} : { allowance }),
  });
}

export function studioVersion(mainFolder: string): string {
  const text = readFileSync(resolve(mainFolder, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
