/**
 * Samples and runs. Summaries follow every change; the whole of a run is read once it has ended, and one over a folder
 * also while it goes on, as its findings come. The latest run of a sample is what its marks and its table show.
 */
import type { Run, RunLimits, RunSummary, Sample } from '@shared/contracts';
import { isStudioError, messageOf, StudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { type ConfigOverride, configOf } from './config-overrides';
import { followFindings } from './follow-findings';
import { createNewsOrder } from './news-order';
import { applyPatch, type RequestPatch } from './request-edits';
import { createSteadyNews } from './steady-news';

/** How the person changed what Run would send. */
export interface RunEdits {
  readonly request?: RequestPatch;
  /** The request as JSON that cannot be read yet. It is kept, and nothing runs until it can be. */
  readonly draft?: { readonly text: string; readonly problem: string };
  /** Laid over the configuration, in the order typed. */
  readonly config?: readonly ConfigOverride[];
  /** Less than the plugin may have, in a process of its own. */
  readonly limits?: RunLimits;
}

export interface RunsState {
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
  /** Newest first, by folder. */
  readonly summaries: Readonly<Record<string, readonly RunSummary[]>>;
  readonly runs: Readonly<Record<string, Run>>;
  /** By sampleKey. */
  readonly latest: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, RunEdits>>;
  /** By folder: asked to run, and not yet begun, since the plugin is being built or started. */
  readonly starting: Readonly<Record<string, string>>;
  /** By sampleKey: why the last run could not begin, until that is mended or another one begins. */
  readonly refusals: Readonly<Record<string, StudioError>>;
  readonly selectedFinding: { readonly runId: string; readonly fingerprint: string } | undefined;
}

export interface RunsStore extends StoreApi<RunsState> {
  loadSamples(folder: string): Promise<void>;
  /** Throws what it also keeps in refusals, for the place where the run would have been shown. */
  start(folder: string, sampleId: string): Promise<RunSummary>;
  /** Stops the folder's run, also one that is about to begin. */
  cancelIn(folder: string): Promise<void>;
  loadRun(runId: string): Promise<Run>;
  editRun(folder: string, sampleId: string, edits: RunEdits | undefined): void;
  selectFinding(selection: RunsState['selectedFinding']): void;
  chooseSample(folder: string, path: string): Promise<Sample>;
  pasteSample(folder: string, name: string, text: string): Promise<Sample>;
  forgetSample(folder: string, sampleId: string): Promise<void>;
  /** Forgets a plugin that was closed. */
  leave(folder: string): void;
}

const PROGRESS_PAUSE_MS = 100;

export const sampleKey = (folder: string, sampleId: string) => `${folder}\n${sampleId}`;

/** What to call a sample that is not listed any more. */
export const nameOfSample = (sampleId: string): string =>
  sampleId.replace(/^(samples\/|pasted:)/, '').replace(/^chosen:(.*[\\/])?/s, '');

/** Why a run cannot begin on a sample that was listed and is not any more; undefined where it is there or unknown. */
export function whyGone({ samples }: Pick<RunsState, 'samples'>, folder: string, sampleId: string) {
  if (samples[folder]?.some(({ id }) => id === sampleId) !== false) return undefined;
  const name = nameOfSample(sampleId);
  return sampleId.startsWith('samples/')
    ? `The file ${name} is not in the plugin’s samples folder any more.`
    : `The sample ${name} is not there any more.`;
}

/** Newest first, with `changed` in its place. */
export function withSummary(summaries: readonly RunSummary[], changed: RunSummary): readonly RunSummary[] {
  const others = summaries.filter(({ runId }) => runId !== changed.runId);
  return [changed, ...others].sort((a, b) => b.startedAt - a.startedAt);
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  const { [key]: _, ...others } = record;
  return others;
}

/** @param folder empty for every one. */
const withoutReason = (refusals: RunsState['refusals'], folder: string, reason: string): RunsState['refusals'] =>
  Object.fromEntries(
    Object.entries(refusals).filter(
      ([key, { code }]) => code !== reason || (folder !== '' && !key.startsWith(sampleKey(folder, ''))),
    ),
  );

/** Only the last run of a sample is shown, so only that one is kept whole; the one before until it has ended. */
const withoutOlder = (runs: RunsState['runs'], { folder, sampleId, startedAt, outcome }: RunSummary) =>
  outcome === 'running'
    ? runs
    : Object.fromEntries(
        Object.entries(runs).filter(
          ([, run]) => run.folder !== folder || run.sampleId !== sampleId || run.startedAt >= startedAt,
        ),
      );

/** A host that was started again knows nothing of what the one before has run. */
const knownRuns = (runs: RunsState['runs'], folder: string, summaries: readonly RunSummary[]) => {
  const known = new Set(summaries.map(({ runId }) => runId));
  return Object.fromEntries(Object.entries(runs).filter(([runId, run]) => run.folder !== folder || known.has(runId)));
};

const lastHere = (state: RunsState, folder: string, sampleId: string, also: (run: Run) => boolean): Run | undefined => {
  for (const summary of state.summaries[folder] ?? []) {
    const run = summary.sampleId === sampleId ? state.runs[summary.runId] : undefined;
    if (run !== undefined && also(run)) return run;
  }
  return undefined;
};

/** The run whose results a sample shows: its last one that has ended, or that has something to show so far. */
export const shownRun = (state: RunsState, folder: string, sampleId: string): Run | undefined =>
  lastHere(state, folder, sampleId, ({ outcome, findingCount }) => outcome !== 'running' || findingCount > 0);

/** Its last one that has ended and is here. */
export const endedRun = (state: RunsState, folder: string, sampleId: string): Run | undefined =>
  lastHere(state, folder, sampleId, ({ outcome }) => outcome !== 'running');

const isGoingOn = (state: RunsState, { folder, runId }: RunSummary): boolean =>
  state.summaries[folder]?.find((summary) => summary.runId === runId)?.outcome === 'running';

/** A plugin runs one sample at a time. */
export const runningRun = (state: RunsState, folder: string): RunSummary | undefined =>
  state.summaries[folder]?.find(({ outcome }) => outcome === 'running');

export function createRunsStore(client: StudioClient, report: (error: unknown) => void): RunsStore {
  const store = createStore<RunsState>(() => ({
    samples: {},
    summaries: {},
    runs: {},
    latest: {},
    edits: {},
    starting: {},
    refusals: {},
    selectedFinding: undefined,
  }));

  const findings = followFindings(
    async (runId) => void (await loadRun(runId)),
    (runId) => store.getState().runs[runId]?.findingCount ?? 0,
    report,
  );

  const loadRun = async (runId: string) => {
    const run = await client.runs.read({ runId });
    // An answer from while it went on may come after the one that has its end.
    if (run.outcome === 'running' && !isGoingOn(store.getState(), run)) return store.getState().runs[runId] ?? run;
    store.setState((state) => ({ runs: { ...withoutOlder(state.runs, run), [runId]: run } }));
    return run;
  };

  const takeSummary = (summary: RunSummary) => {
    const key = sampleKey(summary.folder, summary.sampleId);
    store.setState((state) => ({
      summaries: { ...state.summaries, [summary.folder]: withSummary(state.summaries[summary.folder] ?? [], summary) },
    }));
    // The table changes once, when the whole run is here; a run that began earlier never takes the place of a later one.
    const show = () => {
      const shown = store
        .getState()
        .summaries[summary.folder]?.find(({ runId }) => runId === store.getState().latest[key]);
      if (shown !== undefined && shown.startedAt > summary.startedAt) return;
      store.setState((state) => ({ latest: { ...state.latest, [key]: summary.runId } }));
    };
    if (summary.outcome === 'running') {
      show();
      // A run of one file has all its findings at its end.
      if (summary.progress !== undefined) findings.changed(summary);
    } else loadRun(summary.runId).then(show).catch(report);
  };

  const news = createNewsOrder();

  const loadSamples = async (folder: string) => {
    const overtaken = news.ask();
    const [samples, listed] = await Promise.all([client.runs.listSamples({ folder }), client.runs.list({ folder })]);
    // Of a run that told of itself meanwhile, what it told is the newer; its end is told only once.
    const told = (store.getState().summaries[folder] ?? []).filter(({ runId }) => overtaken(runId));
    const summaries = [...listed.filter(({ runId }) => !overtaken(runId)), ...told];
    store.setState((state) => ({
      samples: { ...state.samples, [folder]: samples },
      summaries: { ...state.summaries, [folder]: summaries.sort((a, b) => b.startedAt - a.startedAt) },
      runs: knownRuns(state.runs, folder, summaries),
    }));
    for (const { runId } of summaries) if (!overtaken(runId)) steadySummaries.forget(runId);
    const seen = new Set<string>();
    for (const summary of store.getState().summaries[folder] ?? []) {
      if (seen.has(summary.sampleId)) continue;
      seen.add(summary.sampleId);
      takeSummary(summary);
    }
  };

  /** What start sends beside the sample: only what was edited, on top of a request made just now. */
  const termsOf = async (folder: string, sampleId: string) => {
    const { request, draft, config = [], limits } = store.getState().edits[sampleKey(folder, sampleId)] ?? {};
    if (draft !== undefined) {
      throw new StudioError('runs/request-not-json', `The edited request cannot be read: ${draft.problem}`);
    }
    const override = {
      ...(config.length === 0 ? {} : { config: configOf(config) }),
      ...(limits === undefined ? {} : { limits }),
    };
    if (request === undefined) return override;
    const kind = store.getState().samples[folder]?.find(({ id }) => id === sampleId)?.kind;
    // For a folder it is what the requests of all its files have in common.
    if (kind === 'folder') return { ...override, request: applyPatch({}, without(request, 'target_data')) };
    const targetType = typeof request.target_type === 'string' ? { targetType: request.target_type } : {};
    const generated = await client.runs.prepareRequest({ folder, sampleId, ...targetType });
    return { ...override, request: { ...applyPatch(generated, request) } };
  };

  /** A run over a folder tells of every file. */
  const steadySummaries = createSteadyNews<RunSummary>({
    pauseMs: PROGRESS_PAUSE_MS,
    keyOf: ({ runId }) => runId,
    isUrgent: (next, last) => next.outcome !== last.outcome,
    pass: takeSummary,
  });
  client.runs.on('didChange', (summary) => {
    news.heard(summary.runId);
    steadySummaries.hear(summary);
  });
  client.runs.on('didChangeSamples', ({ folder }) => void loadSamples(folder).catch(report));
  client.connection.onDidReconnect.on(() => {
    store.setState(({ refusals }) => ({ refusals: withoutReason(refusals, '', 'rpc/closed') }));
    for (const folder of Object.keys(store.getState().samples)) loadSamples(folder).catch(report);
  });
  // What was in the way of a run is out of it.
  client.build.on('didBuild', ({ folder, ok }) => {
    if (ok) store.setState(({ refusals }) => ({ refusals: withoutReason(refusals, folder, 'plugins/build-failed') }));
  });
  client.problems.on('didChange', ({ folder, diagnostics }) => {
    if (diagnostics.some(({ source, severity }) => source === 'manifest' && severity === 'error')) return;
    store.setState(({ refusals }) => ({ refusals: withoutReason(refusals, folder, 'plugins/invalid-manifest') }));
  });

  return {
    ...store,
    loadSamples,
    async start(folder, sampleId) {
      const key = sampleKey(folder, sampleId);
      store.setState(({ starting, refusals }) => ({
        starting: { ...starting, [folder]: sampleId },
        refusals: without(refusals, key),
      }));
      try {
        const summary = await client.runs.start({ folder, sampleId, ...(await termsOf(folder, sampleId)) });
        takeSummary(summary);
        return summary;
      } catch (cause) {
        const refusal = isStudioError(cause) ? cause : new StudioError('runs/not-started', messageOf(cause), { cause });
        // A start that the person stopped is no refusal.
        if (refusal.code !== 'runs/cancelled') {
          store.setState(({ refusals }) => ({ refusals: { ...refusals, [key]: refusal } }));
        }
        throw refusal;
      } finally {
        store.setState(({ starting }) => ({ starting: without(starting, folder) }));
      }
    },
    cancelIn: async (folder) => {
      await client.runs.cancelInFolder({ folder });
    },
    loadRun,
    editRun(folder, sampleId, edits) {
      const key = sampleKey(folder, sampleId);
      store.setState((state) => ({
        edits: edits === undefined ? without(state.edits, key) : { ...state.edits, [key]: edits },
      }));
    },
    selectFinding: (selectedFinding) => store.setState({ selectedFinding }),
    async chooseSample(folder, path) {
      const sample = await client.runs.chooseSample({ folder, path });
      await loadSamples(folder);
      return sample;
    },
    async pasteSample(folder, name, text) {
      const sample = await client.runs.pasteSample({ folder, name, text });
      await loadSamples(folder);
      return sample;
    },
    async forgetSample(folder, sampleId) {
      await client.runs.forgetSample({ folder, sampleId });
      await loadSamples(folder);
    },
    leave(folder) {
      for (const { runId } of store.getState().summaries[folder] ?? []) news.forget(runId);
      store.setState(({ samples, summaries, runs }) => ({
        samples: without(samples, folder),
        summaries: without(summaries, folder),
        runs: Object.fromEntries(Object.entries(runs).filter(([, run]) => run.folder !== folder)),
      }));
    },
  };
}
