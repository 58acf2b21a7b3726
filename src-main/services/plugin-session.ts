/**
 * One opened plugin folder: its manifest, its build, its configuration and at most one running process. What runs is
 * always the newest good build under the newest good configuration; opening a folder runs nothing of it.
 */
import type {
  BuildReport,
  ConfigApplied,
  Diagnostic,
  FileChange,
  PluginStatus,
  PluginSummary,
} from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import { type Manifest, pluginId } from '@shared/schemas';
import type { PluginBuilder } from '../build/plugin-builder';
import type { EventBus } from '../bus/event-bus';
import { createPluginConfig, type PluginConfig } from '../config/plugin-config';
import { watchFolder } from '../files/watch-folder';
import { checkManifest } from '../manifest/check-manifest';
import { readManifest } from '../manifest/read-manifest';
import type { Artifact } from '../runtime/artifact';
import type { PluginInstance } from '../runtime/plugin-instance';
import { createPluginLog, type PluginLog } from '../runtime/plugin-log';
import { DEFAULT_LIMITS } from '../runtime/runtime-limits';
import type { Supervisor } from '../runtime/supervisor';
import { createPluginProblems } from './plugin-problems';
import { summarise } from './plugin-summary';

export interface PluginSessionOptions {
  readonly folder: string;
  readonly builder: PluginBuilder;
  readonly supervisor: Supervisor;
  readonly bus: EventBus;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onError: (error: unknown) => void;
}

export interface RunningPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  /** Ends the process where it was started for this use alone. */
  release(): Promise<void>;
}

export interface PluginSession {
  readonly folder: string;
  readonly config: PluginConfig;
  readonly log: PluginLog;
  summary(): PluginSummary;
  status(): PluginStatus;
  diagnostics(): Diagnostic[];
  build(): Promise<BuildReport>;
  start(): Promise<PluginStatus>;
  stop(): Promise<PluginStatus>;
  restart(): Promise<PluginStatus>;
  /** The running plugin, started or replaced where its source has changed; a process of its own for an override. */
  use(override?: Record<string, unknown>): Promise<RunningPlugin>;
  readonly onDidChangeSummary: Listenable<void>;
  readonly onDidChangeStatus: Listenable<PluginStatus>;
  readonly onDidChangeProblems: Listenable<void>;
  readonly onDidChangeFiles: Listenable<FileChange[]>;
  readonly onDidBuild: Listenable<BuildReport>;
  close(): Promise<void>;
}

interface Built {
  readonly manifest: Manifest;
  readonly report: BuildReport;
  readonly artifact: Artifact | undefined;
}

const isSource = ({ path }: FileChange) =>
  path.startsWith('src/') || (/\.(ts|js|mjs|json)$/.test(path) && !/^(samples|config|docs|tests)\//.test(path));

export async function openPluginSession(options: PluginSessionOptions): Promise<PluginSession> {
  const { folder, builder, supervisor, bus, environment, onError } = options;
  const didChangeSummary = createEmitter<void>(onError);
  const didChangeStatus = createEmitter<PluginStatus>(onError);
  const didChangeFiles = createEmitter<FileChange[]>(onError);
  const didBuild = createEmitter<BuildReport>(onError);
  const problems = createPluginProblems();
  const log = createPluginLog({ capacity: DEFAULT_LIMITS.logEntries, messageLength: DEFAULT_LIMITS.logMessageLength });
  const disposals: Dispose[] = [];
  let report = await checkManifest(folder);
  let instance: PluginInstance | undefined;
  let lastStatus: PluginStatus | undefined;
  /** Starting, stopping and replacing happen one after the other; whoever stops ends what was begun before. */
  let turn: Promise<unknown> = Promise.resolve();
  let halt = new AbortController();

  const inTurn = <Value>(task: () => Promise<Value>): Promise<Value> => {
    const next = turn.then(task, task);
    turn = next.catch(() => undefined);
    return next;
  };

  const config = createPluginConfig({
    folder,
    environment,
    onError,
    manifest: async () => ({
      name: summarise(folder, report).name,
      config_schema: report.document?.config_schema as Record<string, unknown> | undefined,
      default_config: report.document?.default_config as Record<string, unknown> | undefined,
    }),
  });

  const refreshManifest = async () => {
    report = await checkManifest(folder);
    problems.replace('manifest', report.diagnostics);
    didChangeSummary.emit();
    await config.refresh();
  };

  const buildAll = async (): Promise<Built> => {
    const { manifest, entry } = await readManifest(folder);
    const built = await builder.build(folder, entry);
    problems.replace('build', built.report.diagnostics);
    didBuild.emit(built.report);
    return { manifest, report: built.report, artifact: built.artifact };
  };

  const build = async (): Promise<BuildReport> => {
    try {
      return (await buildAll()).report;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      problems.replace('build', []);
      return { folder, ok: false, durationMs: 0, bytes: 0, diagnostics: report.diagnostics };
    }
  };

  const buildOrThrow = async () => {
    const { manifest, artifact, report: built } = await buildAll();
    if (artifact !== undefined) return { manifest, artifact };
    const first = built.diagnostics.find(({ severity }) => severity === 'error');
    throw new StudioError(
      'plugins/build-failed',
      first === undefined
        ? `${manifest.name} does not build. Problems lists why.`
        : `${manifest.name} does not build: ${first.file}:${first.range.startLine}:${first.range.startColumn} ${first.message}`,
      { data: { diagnostics: built.diagnostics } },
    );
  };

  const idle = (): PluginStatus => ({
    folder,
    state: 'unloaded',
    isolation: supervisor.isolation,
    configGeneration: 0,
  });
  const status = () => instance?.status() ?? lastStatus ?? idle();

  const launch = async (
    manifest: Manifest,
    artifact: Artifact,
    { override, signal }: { override?: Record<string, unknown>; signal: AbortSignal },
  ) => {
    const { config: values, generation } = await config.withOverride(override);
    return supervisor.start({ folder, manifest, artifact, config: values, generation, log, signal });
  };

  const adopt = (started: PluginInstance) => {
    instance = started;
    lastStatus = undefined;
    const stopListening = started.onDidChangeStatus.on((next) => {
      if (instance === started && (next.state === 'error' || next.state === 'stopped')) {
        lastStatus = next;
        instance = undefined;
        stopListening();
      }
      didChangeStatus.emit(next);
    });
    didChangeStatus.emit(started.status());
  };

  const retire = async () => {
    const old = instance;
    if (old === undefined) return;
    await old.stop();
    if (instance === old) instance = undefined;
  };

  /** Not in turn: a plugin that hangs while it starts, or takes a configuration, must not be waited for. */
  const stopNow = () => {
    halt.abort();
    halt = new AbortController();
    const stopping = instance?.stop();
    return inTurn(async () => {
      await stopping;
      await retire();
    });
  };

  const current = async (signal: AbortSignal): Promise<{ instance: PluginInstance; manifest: Manifest }> => {
    const { manifest, artifact } = await buildOrThrow();
    if (signal.aborted) throw new StudioError('plugins/cancelled', `${manifest.name} was stopped before it started.`);
    if (
      instance !== undefined &&
      instance.artifact.sourceHash === artifact.sourceHash &&
      instance.pluginId === pluginId(manifest)
    ) {
      return { instance, manifest };
    }
    await retire();
    try {
      adopt(await launch(manifest, artifact, { signal }));
    } catch (error) {
      if (error instanceof StudioError && error.code !== 'plugins/cancelled') {
        lastStatus = { ...idle(), state: 'error', error: { code: error.code, message: error.message } };
        didChangeStatus.emit(lastStatus);
      }
      throw error;
    }
    return { instance: instance!, manifest };
  };

  const currentInTurn = () => {
    const { signal } = halt;
    return inTurn(() => current(signal));
  };

  /** One that starts now may have begun with the configuration before. It is free to go while it takes this one. */
  const handOver = async (values: Record<string, unknown>, generation: number) => {
    const running = await inTurn(async () => instance);
    if (running === undefined) return;
    const applied: ConfigApplied = await running.reloadConfig(values, generation);
    if (['stopping', 'stopped'].includes(running.status().state)) return;
    config.noteApplied(applied);
    bus.publish({
      event_type: 'plugin.config_updated',
      source: running.pluginId,
      source_id: running.instanceId,
      source_type: 'plugin',
      data: {
        generation,
        duration_ms: applied.durationMs,
        ...(applied.error === undefined ? {} : { error: applied.error }),
      },
      priority: applied.error === undefined ? 'low' : 'high',
    });
  };

  /** One batch of changes after the other, so that an older look at the manifest never wins. */
  let following: Promise<void> = Promise.resolve();
  const follow = async (changes: readonly FileChange[]) => {
    const sourceChanged = changes.some(isSource);
    // A new file may be the entry point that the manifest was missing.
    if (sourceChanged || changes.some(({ path }) => path === 'plugin.json')) await refreshManifest();
    if (sourceChanged) await build();
  };

  problems.replace('manifest', report.diagnostics);
  await config.refresh();
  problems.replace('config', config.diagnostics());
  disposals.push(
    config.onDidAccept.on(({ config: values, generation }) => void handOver(values, generation).catch(onError)),
    config.onDidChange.on(() => problems.replace('config', config.diagnostics())),
    await watchFolder(
      folder,
      (changes) => {
        didChangeFiles.emit(changes);
        following = following.then(() => follow(changes)).catch(onError);
      },
      { onError },
    ),
  );

  return {
    folder,
    config,
    log,
    summary: () => summarise(folder, report),
    status,
    diagnostics: () => problems.all(),
    build,
    start: async () => (await currentInTurn()).instance.status(),
    async stop() {
      await stopNow();
      return status();
    },
    async restart() {
      void stopNow().catch(onError);
      return (await currentInTurn()).instance.status();
    },
    async use(override) {
      if (override === undefined || Object.keys(override).length === 0) {
        return { ...(await currentInTurn()), release: async () => undefined };
      }
      const { signal } = halt;
      const { manifest, artifact } = await buildOrThrow();
      const own = await launch(manifest, artifact, { override, signal });
      return { instance: own, manifest, release: () => own.stop() };
    },
    onDidChangeSummary: didChangeSummary,
    onDidChangeStatus: didChangeStatus,
    onDidChangeProblems: problems.onDidChange,
    onDidChangeFiles: didChangeFiles,
    onDidBuild: didBuild,
    async close() {
      for (const dispose of disposals.reverse()) dispose();
      await stopNow();
      await config.close();
    },
  };
}
