/** The studios of this data folder that run now, and which of their plugins somebody means. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type PluginSummary, pluginsService, workspaceService } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import { createRpcClient, type ServiceClient } from '@shared/rpc';
import { pluginId } from '@shared/schemas';
import { createCompiledCheck } from '../../services/compiled-check';
import { connectStudio } from '../../services/control/connect-studio';
import { readMarks, type StudioMark } from '../../services/control/studio-marks';
import type { Terminal } from './terminal';

export interface RunningStudio {
  readonly mark: StudioMark;
  readonly plugins: ServiceClient<typeof pluginsService>;
  readonly open: readonly PluginSummary[];
  close(): void;
}

export interface FoundPlugin {
  readonly studio: RunningStudio;
  readonly plugin: PluginSummary;
}

/**
 * At least one. One that does not let this command in is said, where another does.
 * @throws StudioError control/no-studio, control/refused, control/no-answer
 */
export async function openRunningStudios(dataFolder: string, terminal: Terminal): Promise<RunningStudio[]> {
  const studios: RunningStudio[] = [];
  const failures: unknown[] = [];
  for (const mark of await readMarks(dataFolder)) {
    try {
      const studio = await openStudio(dataFolder, mark, terminal);
      if (studio !== undefined) studios.push(studio);
    } catch (error) {
      failures.push(error);
    }
  }
  if (studios.length === 0) throw failures[0] ?? noStudio();
  for (const error of failures) terminal.say(`warning: ${messageOf(error)}`);
  return studios;
}

async function openStudio(
  dataFolder: string,
  mark: StudioMark,
  terminal: Terminal,
): Promise<RunningStudio | undefined> {
  const port = await connectStudio(dataFolder, mark);
  if (port === undefined) return undefined;
  const client = createRpcClient(createCompiledCheck(), (error) => terminal.say(`warning: ${messageOf(error)}`));
  client.attach(port);
  try {
    const open = await client.service(workspaceService).listPlugins({});
    return { mark, plugins: client.service(pluginsService), open, close: client.close };
  } catch (error) {
    client.close();
    throw error;
  }
}

const noStudio = () =>
  new StudioError(
    'control/no-studio',
    'No studio is running. Start one with the plugin: npm start -- <plugin folder>, or, in the browser, ' +
      'npm run studio -- serve <plugin folder>.',
  );

export const everyPlugin = (studios: readonly RunningStudio[]): FoundPlugin[] =>
  studios.flatMap((studio) => studio.open.map((plugin) => ({ studio, plugin })));

export const idOf = ({ name, version }: PluginSummary) => (version === undefined ? name : pluginId({ name, version }));

const shown = ({ studio, plugin }: FoundPlugin) =>
  `${idOf(plugin)} in ${plugin.folder} (studio ${studio.mark.pid}, ${studio.mark.door})`;

const list = (found: readonly FoundPlugin[]) => found.map(shown).join('; ');

/**
 * @param wanted A folder, an id or a name; without it the only plugin that is open.
 * @throws StudioError control/not-open, control/ambiguous
 */
export async function findPlugin(
  studios: readonly RunningStudio[],
  wanted: string | undefined,
  { currentFolder }: Terminal,
): Promise<FoundPlugin> {
  const all = everyPlugin(studios);
  const found = wanted === undefined ? all : await matching(all, wanted, currentFolder);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first === undefined) throw notOpen(wanted, all);
  const isSameFolder = found.every(({ plugin }) => plugin.folder === first.plugin.folder);
  const remedy = isSameFolder
    ? 'Say which studio is meant with --studio <process id>.'
    : 'Name the folder of the one that is meant.';
  const what = wanted === undefined ? 'Several plugins are open' : `"${wanted}" is more than one plugin`;
  throw new StudioError('control/ambiguous', `${what}: ${list(found)}. ${remedy}`);
}

async function matching(all: readonly FoundPlugin[], wanted: string, currentFolder: string): Promise<FoundPlugin[]> {
  const folder = await realpath(resolve(currentFolder, wanted)).catch(() => undefined);
  const byFolder = all.filter(({ plugin }) => plugin.folder === folder);
  if (byFolder.length > 0) return byFolder;
  return all.filter(({ plugin }) => idOf(plugin) === wanted || plugin.name === wanted);
}

function notOpen(wanted: string | undefined, all: readonly FoundPlugin[]): StudioError {
  const what = wanted === undefined ? 'No plugin is open' : `"${wanted}" is not open`;
  const open = all.length === 0 ? 'Open its folder there first.' : `Open are ${list(all)}.`;
  return new StudioError('control/not-open', `${what} in a studio that runs. ${open}`);
}
