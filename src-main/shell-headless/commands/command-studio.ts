/** The studio as the command line makes it: from the files beside the bundle, with the person's own data folder. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { StudioInfo } from '@shared/contracts';
import type { Allowance } from '../../capabilities';
import { createStudio, type Studio } from '../../services/create-studio';
import { dataFolder, studioPaths } from '../../services/studio-paths';
import { plain } from './colours';
import type { Terminal } from './terminal';

export interface CommandStudioTerms {
  readonly allowance?: Allowance;
  /** As it was typed. */
  readonly registryConfig?: string | undefined;
}

/** @param mainFolder of the bundle that runs. @throws StudioError studio/data-folder, registry/invalid, registry/unreadable */
export async function createCommandStudio(
  mainFolder: string,
  door: StudioInfo['door'],
  terminal: Terminal,
  { allowance, registryConfig }: CommandStudioTerms = {},
): Promise<Studio> {
  const studio = await createStudio({
    ...studioPaths(mainFolder),
    dataFolder: dataFolder(terminal.environment, homedir()),
    door,
    runtime: `Node ${process.versions.node}`,
    version: studioVersion(mainFolder),
    environment: terminal.environment,
    log: terminal.say,
    ...(allowance === undefined ? {} : { allowance }),
    registryFile: registryConfig === undefined ? undefined : resolve(terminal.currentFolder, registryConfig),
  });
  for (const warning of studio.engine.registry.state().warnings) terminal.say(`warning: ${plain(warning)}`);
  return studio;
}

export function studioVersion(mainFolder: string): string {
  const text = readFileSync(resolve(mainFolder, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
