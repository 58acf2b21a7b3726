/**
 * One opened plugin folder: its manifest, its builds, its configuration and at most one running process, kept in step
 * with the files. Opening a folder runs nothing of it.
 */
import type { BuildReport, Diagnostic, FileChange, PluginSummary } from '@shared/contracts';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import { pluginId } from '@shared/schemas';
import type { PluginBuilder } from '../build/plugin-builder';
import type { EventBus } from '../bus/event-bus';
import { createPluginConfig, type PluginConfig } from '../config/plugin-config';
import type { SecretVault } from '../config/secret-vault';
import { watchFolder } from '../files/watch-folder';
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

export interface PluginSession extends Omit<PluginProcess, 'followBuild' | 'handOver'> {
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

  const config = createPluginConfig({
    folder,
    environment,
    ...(vault === undefined ? {} : { vault }),
    onError,
    watch,
    manifest: async () => ({
      name: summarise(folder, report).name,
      config_schema: report.document?.config_schema as Record<string, unknown> | undefined,
      default_config: report.document?.default_config as Record<string, unknown> | undefined,
    }),
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

  const refreshManifest = async () => {
    report = await checkManifest(folder);
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

  const startFollowing = async () => {
    showManifest();
    await config.refresh();
    problems.replace('config', config.diagnostics());
    disposals.push(
      config.onDidAccept.on((accepted) => void runs.handOver(accepted).catch(onError)),
      config.onDidChange.on(() => problems.replace('config', config.diagnostics())),
      await watch(
        folder,
        (changes) => {
          didChangeFiles.emit(changes);
          following = following.then(async () => follow(await saves.others(changes))).catch(onError);
        },
        { onError },
      ),
    );
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
      following = following
        .then(() => saves.note(path))
        .then(() => follow([{ path, kind: 'changed' }]))
        .catch(onError);
    },
    replaceTestProblems: (diagnostics) => problems.replace('test', diagnostics),
    onDidChangeSummary: didChangeSummary,
    onDidChangeProblems: problems.onDidChange,
    onDidChangeFiles: didChangeFiles,
    onDidBuild: build.onDidBuild,
    close,
  };
}
