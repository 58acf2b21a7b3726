/**
 * One opened plugin folder: its manifest, its builds, its configuration and at most one running process, kept in step
 * with the files. Opening a folder runs nothing of it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildReport, Diagnostic, FileChange, ManifestReport, PluginSummary } from '@shared/contracts';
import { isStudioError, StudioError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import { pluginId } from '@shared/schemas';
import type { PluginBuilder } from '../build/plugin-builder';
import type { EventBus } from '../bus/event-bus';
import { createPluginConfig, type PluginConfig } from '../config/plugin-config';
import type { SecretVault } from '../config/secret-vault';
import { folderGone } from '../files/folder-gone';
import { listTree } from '../files/list-tree';
import { watchFolder } from '../files/watch-folder';
import { type FolderPresence, watchPresence } from '../files/watch-presence';
import { checkManifest } from '../manifest/check-manifest';
import { type PluginLog, pluginLogFor } from '../runtime/plugin-log';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';
import type { Supervisor } from '../runtime/supervisor';
import { type AccessOptions, createPluginAccess, type PluginAccess } from './plugin-access';
import { createPluginBuild } from './plugin-build';
import { createPluginProblems } from './plugin-problems';
import { createPluginProcess, type PluginProcess } from './plugin-process';
import { summarise } from './plugin-summary';
import { createSeenSaves } from './seen-saves';
import type { SupervisionRules } from './supervision';

export interface PluginSessionOptions {
  readonly folder: string;
  readonly builder: PluginBuilder;
  readonly supervisor: Supervisor;
  readonly bus: EventBus;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly capabilities: AccessOptions;
  /** Where its secrets are kept; without one, none are. */
  readonly vault?: SecretVault;
  readonly onError: (error: unknown) => void;
  readonly rules?: Partial<SupervisionRules>;
  /** How often a plugin is asked how it is, where somebody says so. */
  readonly healthIntervalMs?: () => number | undefined;
  /** What watches files; the real one unless told. */
  readonly watch?: typeof watchFolder;
}

export interface PluginSession extends Omit<PluginProcess, 'followBuild' | 'handOver' | 'noteAbsence'> {
  readonly folder: string;
  readonly config: PluginConfig;
  readonly log: PluginLog;
  readonly access: PluginAccess;
  summary(): PluginSummary;
  diagnostics(): Diagnostic[];
  build(): Promise<BuildReport>;
  /** The studio itself has written that file: it is followed at once, before the folder's watcher tells. */
  noteSaved(path: string): void;
  /** What failed in the last run of its tests. */
  replaceTestProblems(diagnostics: readonly Diagnostic[]): void;
  readonly onDidChangeSummary: Listenable<void>;
  readonly onDidChangeProblems: Listenable<void>;
  readonly onDidChangeFiles: Listenable<FileChange[]>;
  readonly onDidBuild: Listenable<BuildReport>;
  close(): Promise<void>;
}

/** As far as a manifest that is being written says it. */
function intensityOf(capabilities: unknown) {
  const { memory_intensive, cpu_intensive } = (capabilities ?? {}) as Record<string, unknown>;
  return { memory_intensive: memory_intensive === true, cpu_intensive: cpu_intensive === true };
}

/** Files that are told of at once where the whole folder is another. */
const MOST_TOLD = 5000;

const isGone = ({ diagnostics }: ManifestReport) => diagnostics.some(({ code }) => code === 'workspace/folder-gone');

const goneDiagnostic = (folder: string): Diagnostic => ({
  source: 'manifest',
  file: 'plugin.json',
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  severity: 'error',
  code: 'workspace/folder-gone',
  message: folderGone(folder).message,
});

/** A folder that is being removed, or copied, may have lost the stored configuration first, which then says nothing. */
async function refuseWithoutManifest(folder: string): Promise<void> {
  if (existsSync(join(folder, 'plugin.json'))) return;
  throw new StudioError('manifest/missing', 'There is no plugin.json at present, so what was in force stays.');
}

const isManifest = ({ path }: FileChange) => path === 'plugin.json';

const isSource = (change: FileChange) =>
  change.path.startsWith('src/') ||
  (/\.(ts|js|mjs|json)$/.test(change.path) &&
    !/^(samples|config|docs|tests)\//.test(change.path) &&
    !isManifest(change));

export async function openPluginSession(options: PluginSessionOptions): Promise<PluginSession> {
  const {
    folder,
    builder,
    supervisor,
    bus,
    environment,
    capabilities,
    vault,
    onError,
    rules = {},
    watch = watchFolder,
  } = options;
  const didChangeSummary = createEmitter<void>(onError);
  const didChangeFiles = createEmitter<FileChange[]>(onError);
  const problems = createPluginProblems();
  const log = pluginLogFor(DEFAULT_LIMITS);
  const disposals: Dispose[] = [];
  let report = await checkManifest(folder);
  /** The newest that could be read: one that is half-written, or gone for a while, puts no other configuration in force. */
  let readable = report;

  const config = createPluginConfig({
    folder,
    environment,
    ...(vault === undefined ? {} : { vault }),
    onError,
    watch,
    async manifest() {
      await refuseWithoutManifest(folder);
      return {
        name: summarise(folder, readable).name,
        config_schema: readable.document?.config_schema as Record<string, unknown> | undefined,
        default_config: readable.document?.default_config as Record<string, unknown> | undefined,
      };
    },
  });
  const build = createPluginBuild({ folder, builder, problems, report, onError });
  const access = createPluginAccess({
    ...capabilities,
    folder,
    capabilities: () => report.document?.capabilities,
    pluginId() {
      const { name, version = '' } = summarise(folder, report);
      return pluginId({ name, version });
    },
    redact: config.redact,
    onError,
  });
  const runs = createPluginProcess({
    folder,
    build,
    config,
    log,
    supervisor,
    bus,
    access,
    rules,
    healthIntervalMs: options.healthIntervalMs,
    capabilities: () => intensityOf(report.document?.capabilities),
    onError,
  });

  let unused: readonly Diagnostic[] = [];
  const showManifest = () => problems.replace('manifest', config.redact([...report.diagnostics, ...unused]));
  let shown = '';
  const stopShowing = access.onDidChange.on(({ denials, unused: found }) => {
    const now = JSON.stringify([denials, found]);
    if (now === shown) return;
    shown = now;
    unused = found;
    problems.replace('runtime', denials);
    showManifest();
  });
  disposals.push(stopShowing, access.close);

  /** What is known of the plugin stays as it is; nothing runs, is built or put in force because of it. */
  const leave = () => {
    report = { ...report, diagnostics: [goneDiagnostic(folder)] };
    showManifest();
    runs.noteAbsence(folderGone(folder));
  };

  const refreshManifest = async (): Promise<void> => {
    const found = await checkManifest(folder);
    if (isGone(found)) {
      if ((await presence?.isThere()) === true) await refreshManifest();
      return;
    }
    report = found;
    if (report.document !== undefined) readable = report;
    showManifest();
    access.refresh();
    didChangeSummary.emit();
    await config.refresh();
  };

  const rebuild = async () => {
    await build.build();
    runs.followBuild().catch(onError);
  };

  /** One batch of changes after the other, so that an older look at the manifest never wins. */
  let following: Promise<void> = Promise.resolve();
  const saves = createSeenSaves(folder);
  const follow = async (changes: readonly FileChange[]) => {
    const sourceChanged = changes.some(isSource);
    const manifestChanged = changes.some(isManifest);
    if (manifestChanged) await refreshManifest();
    // A build reads the manifest itself, so that new code need not wait for what is shown of it.
    if (sourceChanged || build.isOutdated(report)) await rebuild();
    if (!sourceChanged || manifestChanged) return;
    // A new file may be the entry point that the manifest was missing.
    await refreshManifest();
    if (build.isOutdated(report)) await rebuild();
  };
  const inTurn = (work: () => Promise<unknown>) => {
    following = following.then(work).then(() => undefined, onError);
  };

  /** The folder as a whole is looked at first: where it is gone, nothing in it was deleted. */
  let presence: FolderPresence | undefined;
  let heard: Promise<void> = Promise.resolve();
  const heldBack: FileChange[] = [];
  const take = async (changes: readonly FileChange[]) => {
    if ((await presence?.isThere()) === false) {
      heldBack.push(...changes.slice(0, MOST_TOLD - heldBack.length));
      return;
    }
    didChangeFiles.emit([...changes]);
    inTurn(async () => follow(await saves.others(changes)));
  };
  const hear = (changes: readonly FileChange[]) => {
    heard = heard.then(() => take(changes)).catch(onError);
  };

  let stopWatchingFiles: Dispose = () => undefined;
  const watchFiles = async () => {
    stopWatchingFiles();
    stopWatchingFiles = await watch(folder, hear, { onError });
  };

  /** Everything is read as if it were new: another folder may have taken the place of the one before. */
  const comeBack = async () => {
    try {
      await watchFiles();
      await config.watchAgain();
      const paths = await listTree(folder, MOST_TOLD);
      runs.noteAbsence(undefined);
      await refreshManifest();
      problems.replace('config', config.diagnostics());
      await rebuild();
      const held = heldBack.splice(0).filter(({ path, kind }) => kind === 'deleted' && !paths.includes(path));
      const found = paths.map((path): FileChange => ({ path, kind: 'created' }));
      didChangeFiles.emit([{ path: '', kind: 'changed' }, ...held, ...found]);
    } catch (error) {
      // It has gone again, which is told in its turn.
      if (!isStudioError(error, 'workspace/not-found')) throw error;
    }
  };

  const startFollowing = async () => {
    disposals.push(() => stopWatchingFiles());
    showManifest();
    await config.refresh();
    problems.replace('config', config.diagnostics());
    disposals.push(
      config.onDidAccept.on((accepted) => void runs.handOver(accepted).catch(onError)),
      config.onDidChange.on(() => problems.replace('config', config.diagnostics())),
    );
    await watchFiles();
    presence = await watchPresence(folder, {
      onDidGo: () => inTurn(async () => leave()),
      onDidReturn: () => inTurn(comeBack),
      onError,
    });
    disposals.push(presence.close);
    // What has changed before anybody watched.
    await refreshManifest();
  };

  const close = async () => {
    for (const dispose of disposals.splice(0).reverse()) dispose();
    try {
      await runs.stop();
      await following;
    } finally {
      await config.close();
    }
  };

  try {
    await startFollowing();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    folder,
    config,
    log,
    access,
    ...runs,
    summary: () => summarise(folder, report),
    diagnostics: () => problems.all(),
    build: build.build,
    noteSaved(path) {
      inTurn(async () => {
        await saves.note(path);
        await follow([{ path, kind: 'changed' }]);
      });
    },
    replaceTestProblems: (diagnostics) => problems.replace('test', diagnostics),
    onDidChangeSummary: didChangeSummary,
    onDidChangeProblems: problems.onDidChange,
    onDidChangeFiles: didChangeFiles,
    onDidBuild: build.onDidBuild,
    close,
  };
}
