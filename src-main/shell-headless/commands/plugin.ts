/** `studio plugin`: the life of the plugins of a studio that runs, in its window or in a browser. */
import { homedir } from 'node:os';
import type { PluginStatus } from '@shared/contracts';
import { isStudioError, StudioError, toWireError } from '@shared/errors';
import { dataFolder } from '../../services/studio-paths';
import { plain } from './colours';
import { EXIT, exitCodeOf } from './exit-codes';
import { sayFailure } from './failure-lines';
import {
  everyPlugin,
  type FoundPlugin,
  findPlugin,
  idOf,
  openRunningStudios,
  type RunningStudio,
} from './running-studios';
import type { Terminal } from './terminal';

export const PLUGIN_ACTIONS = ['list', 'load', 'start', 'stop', 'restart', 'reload', 'unload', 'release'] as const;
export type PluginAction = (typeof PLUGIN_ACTIONS)[number];

export const PLUGIN_FORMATS = ['text', 'json'] as const;

export interface PluginOptions {
  readonly format: (typeof PLUGIN_FORMATS)[number];
  /** Process id of the studio that is meant. */
  readonly studio?: number;
}

/** Returns the exit code. @throws StudioError control/*, and what keeps the action from being begun */
export async function pluginCommand(
  action: PluginAction,
  wanted: string | undefined,
  options: PluginOptions,
  terminal: Terminal,
): Promise<number> {
  const all = await openRunningStudios(dataFolder(terminal.environment, homedir()), terminal);
  const close = () => {
    for (const studio of all) studio.close();
  };
  terminal.stopped.addEventListener('abort', close, { once: true });
  try {
    const studios = chosen(all, options.studio);
    return action === 'list'
      ? await list(studios, wanted, options, terminal)
      : await act(action, await findPlugin(studios, wanted, terminal), options, terminal);
  } finally {
    close();
  }
}

function chosen(studios: readonly RunningStudio[], pid: number | undefined): readonly RunningStudio[] {
  if (pid === undefined) return studios;
  const found = studios.filter(({ mark }) => mark.pid === pid);
  if (found.length > 0) return found;
  const running = studios.map(({ mark }) => `${mark.pid} (${mark.door})`).join(', ');
  throw new StudioError('control/no-studio', `No studio runs with the process id ${pid}. Running: ${running}.`);
}

async function list(
  studios: readonly RunningStudio[],
  wanted: string | undefined,
  { format }: PluginOptions,
  terminal: Terminal,
): Promise<number> {
  const found = wanted === undefined ? everyPlugin(studios) : [await findPlugin(studios, wanted, terminal)];
  const rows: { readonly found: FoundPlugin; readonly status: PluginStatus }[] = [];
  for (const studio of studios) {
    const statuses = await studio.plugins.listStatus({});
    for (const each of found.filter((one) => one.studio === studio)) {
      const status = statuses.find(({ folder }) => folder === each.plugin.folder);
      if (status !== undefined) rows.push({ found: each, status });
    }
  }
  if (format === 'json') await terminal.write(`${JSON.stringify(rows.map(toJson), undefined, 2)}\n`);
  else {
    const width = Math.max(0, ...rows.map(({ status }) => wordsOf(status).length));
    for (const row of rows) {
      const { studio, plugin } = row.found;
      const where = `${plain(plugin.folder)}  studio ${studio.mark.pid} (${studio.mark.door})`;
      await terminal.write(`${wordsOf(row.status).padEnd(width)}  ${plain(idOf(plugin))}  ${where}\n`);
    }
    if (rows.length === 0) terminal.say('No plugin is open. Open its folder in the studio first.');
  }
  return EXIT.done;
}

const wordsOf = ({ state, quarantine }: PluginStatus) => (quarantine === undefined ? state : `${state}, quarantine`);

async function act(
  action: Exclude<PluginAction, 'list'>,
  found: FoundPlugin,
  { format }: PluginOptions,
  terminal: Terminal,
): Promise<number> {
  const { studio, plugin } = found;
  try {
    const status = await studio.plugins[action]({ folder: plugin.folder });
    await terminal.write(
      format === 'json'
        ? `${JSON.stringify(toJson({ found, status }), undefined, 2)}\n`
        : `${plain(idOf(plugin))} is ${wordsOf(status)}${status.pid === undefined ? '' : `, process ${status.pid}, ${status.isolation}`}\n`,
    );
    return EXIT.done;
  } catch (failure) {
    if (terminal.stopped.aborted || !isStudioError(failure)) throw failure;
    const error = namedFor(failure, studio);
    if (format === 'json') await terminal.write(`${JSON.stringify({ ...placeOf(found), error }, undefined, 2)}\n`);
    sayFailure(
      { ...error, message: error.name === undefined ? error.message : `${error.name}: ${error.message}` },
      terminal,
    );
    return exitCodeOf(new StudioError(error.code, error.message));
  }
}

/** The contract has a name for what is not possible in a state; a studio that ended has none for anything. */
function namedFor(failure: StudioError, { mark }: RunningStudio) {
  if (failure.code === 'rpc/closed') {
    return {
      name: undefined,
      code: 'plugins/no-answer',
      message: `The studio with process id ${mark.pid} ended before it answered. Start it again.`,
    };
  }
  const name = failure.code === 'plugins/lifecycle-error' ? 'LifecycleError' : undefined;
  return { name, ...toWireError(failure) };
}

const placeOf = ({ studio, plugin }: FoundPlugin) => ({
  plugin_id: idOf(plugin),
  folder: plugin.folder,
  studio: { pid: studio.mark.pid, door: studio.mark.door },
});

function toJson({ found, status }: { readonly found: FoundPlugin; readonly status: PluginStatus }) {
  const { state, pid, isolation, startedAt, restarts = 0, health, quarantine, error, endReason } = status;
  return {
    ...placeOf(found),
    plugin_type: found.plugin.pluginType ?? null,
    state,
    pid: pid ?? null,
    isolation,
    started_at: startedAt === undefined ? null : new Date(startedAt).toISOString(),
    restarts,
    health: health ?? null,
    quarantine: quarantine ?? null,
    error: error ?? null,
    end_reason: endReason ?? null,
  };
}
