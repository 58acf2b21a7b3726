/** What the window sees of each opened plugin: its checks, problems, builds, process and configuration. */
import type {
  BuildReport,
  buildService,
  ConfigState,
  configService,
  manifestService,
  PluginFigures,
  PluginStatus,
  Problems,
  pluginsService,
  problemsService,
} from '@shared/contracts';
import { createEmitter, type Service } from '@shared/rpc';
import { checkManifest } from '../manifest/check-manifest';
import { createThrottle } from '../timing/throttle';
import type { OpenPlugins } from './open-plugins';
import type { PluginSession } from './plugin-session';

const LOG_INTERVAL_MS = 100;
const FIGURES_INTERVAL_MS = 1000;
/** Characters of one answer: a window that gets more at once stutters. */
const LOG_TEXT_AT_ONCE = 256 * 1024;

export function createManifestService(plugins: OpenPlugins): Service<typeof manifestService> {
  return {
    calls: { check: ({ folder, text }) => checkManifest(plugins.session(folder).folder, text) },
    events: {},
  };
}

export function createProblemsService(plugins: OpenPlugins): Service<typeof problemsService> {
  const didChange = createEmitter<Problems>();
  const problemsOf = (folder: string): Problems => ({ folder, diagnostics: plugins.session(folder).diagnostics() });
  plugins.onDidOpen.on((session) => {
    session.onDidChangeProblems.on(() =>
      didChange.emit({ folder: session.folder, diagnostics: session.diagnostics() }),
    );
  });
  return { calls: { list: ({ folder }) => problemsOf(folder) }, events: { didChange } };
}

export function createBuildService(plugins: OpenPlugins): Service<typeof buildService> {
  const didBuild = createEmitter<BuildReport>();
  plugins.onDidOpen.on((session) => {
    session.onDidBuild.on((report) => didBuild.emit(report));
  });
  return { calls: { build: ({ folder }) => plugins.session(folder).build() }, events: { didBuild } };
}

export function createPluginsService(plugins: OpenPlugins): Service<typeof pluginsService> {
  const didChangeStatus = createEmitter<PluginStatus>();
  const didLog = createEmitter<{ folder: string; lastSeq: number }>();
  const didChangeFigures = createEmitter<{ folder: string }>();
  plugins.onDidOpen.on(({ folder, log, figures, onDidChangeStatus }) => {
    const tellFigures = createThrottle(() => didChangeFigures.emit({ folder }), {
      intervalMs: FIGURES_INTERVAL_MS,
      first: 'at-once',
    });
    figures.onDidChange.on(() => tellFigures.ask());
    onDidChangeStatus.on((status) => didChangeStatus.emit(status));
    const tell = () => didLog.emit({ folder, lastSeq: log.lastSeq });
    const throttle = createThrottle(tell, { intervalMs: LOG_INTERVAL_MS, first: 'at-once' });
    log.onDidAppend.on(() => throttle.ask());
  });
  return {
    calls: {
      listStatus: () => plugins.sessions().map((session) => session.status()),
      load: ({ folder }) => plugins.session(folder).load(),
      start: ({ folder }) => plugins.session(folder).start(),
      stop: ({ folder }) => plugins.session(folder).stop(),
      restart: ({ folder }) => plugins.session(folder).restart(),
      reload: ({ folder }) => plugins.session(folder).reload(),
      unload: ({ folder }) => plugins.session(folder).unload(),
      release: ({ folder }) => plugins.session(folder).release(),
      checkHealth: ({ folder }) => plugins.session(folder).checkHealth(),
      readLimits: ({ folder }) => plugins.session(folder).limits(),
      readFigures: ({ folder }) => readFigures(plugins.session(folder)),
      readLog: ({ folder, after, limit }) => plugins.session(folder).log.read(after, limit, LOG_TEXT_AT_ONCE),
      clearLog: ({ folder }) => {
        plugins.session(folder).log.clear();
        return null;
      },
    },
    events: { didChangeStatus, didChangeFigures, didLog },
  };
}

export function readFigures(session: Pick<PluginSession, 'folder' | 'figures' | 'status'>): PluginFigures {
  const { folder, figures } = session;
  const { startedAt, pid } = session.status();
  const uptimeMs = startedAt === undefined || pid === undefined ? 0 : Math.max(0, Date.now() - startedAt);
  return { folder, ...figures.read(uptimeMs) };
}

export function createConfigService(plugins: OpenPlugins): Service<typeof configService> {
  const didChange = createEmitter<ConfigState>();
  plugins.onDidOpen.on(({ config }) => {
    config.onDidChange.on((state) => didChange.emit(state));
  });
  return {
    calls: {
      read: ({ folder }) => plugins.session(folder).config.state(),
      save: ({ folder, text, expectedVersion }) => plugins.session(folder).config.save(text, expectedVersion),
      setSecret: ({ folder, pointer, value }) => plugins.session(folder).config.setSecret(pointer, value),
      clearSecret: ({ folder, pointer }) => plugins.session(folder).config.clearSecret(pointer),
      moveSecret: ({ folder, pointer }) => plugins.session(folder).config.moveSecret(pointer),
    },
    events: { didChange },
  };
}
