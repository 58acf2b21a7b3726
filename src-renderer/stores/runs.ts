/**
 * Samples and runs. Summaries follow every change; the whole of a run is read once it has ended, or while it goes on
 * when somebody looks. The latest run of a sample is what its marks and its table show.
 */
import type { Run, RunSummary, Sample } from '@shared/contracts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';

/** How the person changed what Run would send. */
export interface RunEdits {
  readonly request?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly timeoutSeconds?: number;
}

export interface RunsState {
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
  /** Newest first, by folder. */
  readonly summaries: Readonly<Record<string, readonly RunSummary[]>>;
  readonly runs: Readonly<Record<string, Run>>;
  /** By sampleKey. */
  readonly latest: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, RunEdits>>;
  readonly selectedFinding: { readonly runId: string; readonly fingerprint: string } | undefined;
}

export interface RunsStore extends StoreApi<RunsState> {
  loadSamples(folder: string): Promise<void>;
  start(folder: string, sampleId: string): Promise<RunSummary>;
  cancel(runId: string): Promise<void>;
  loadRun(runId: string): Promise<Run>;
  editRun(folder: string, sampleId: string, edits: RunEdits | undefined): void;
  selectFinding(selection: RunsState['selectedFinding']): void;
  chooseSample(folder: string, path: string): Promise<Sample>;
  pasteSample(folder: string, name: string, text: string): Promise<Sample>;
  forgetSample(folder: string, sampleId: string): Promise<void>;
}

export const sampleKey = (folder: string, sampleId: string) => `${folder}\n${sampleId}`;

/** Newest first, with `changed` in its place. */
export function withSummary(summaries: readonly RunSummary[], changed: RunSummary): readonly RunSummary[] {
  const others = summaries.filter(({ runId }) => runId !== changed.runId);
  return [changed, ...others].sort((a, b) => b.startedAt - a.startedAt);
}

export function createRunsStore(client: StudioClient, report: (error: unknown) => void): RunsStore {
  const store = createStore<RunsState>(() => ({
    samples: {},
    summaries: {},
    runs: {},
    latest: {},
    edits: {},
    selectedFinding: undefined,
  }));

  const loadRun = async (runId: string) => {
    const run = await client.runs.read({ runId });
    store.setState((state) => ({ runs: { ...state.runs, [runId]: run } }));
    return run;
  };

  const takeSummary = (summary: RunSummary) => {
    const key = sampleKey(summary.folder, summary.sampleId);
    store.setState((state) => ({
      summaries: { ...state.summaries, [summary.folder]: withSummary(state.summaries[summary.folder] ?? [], summary) },
    }));
    if (summary.outcome === 'running') {
      store.setState((state) => ({ latest: { ...state.latest, [key]: summary.runId } }));
    } else {
      // The table changes once, when the whole run is here.
      loadRun(summary.runId)
        .then(() => store.setState((state) => ({ latest: { ...state.latest, [key]: summary.runId } })))
        .catch(report);
    }
  };

  const loadSamples = async (folder: string) => {
    const [samples, summaries] = await Promise.all([client.runs.listSamples({ folder }), client.runs.list({ folder })]);
    store.setState((state) => ({
      samples: { ...state.samples, [folder]: samples },
      summaries: { ...state.summaries, [folder]: [...summaries].sort((a, b) => b.startedAt - a.startedAt) },
    }));
    const seen = new Set<string>();
    for (const summary of store.getState().summaries[folder] ?? []) {
      if (seen.has(summary.sampleId)) continue;
      seen.add(summary.sampleId);
      takeSummary(summary);
    }
  };

  client.runs.on('didChange', takeSummary);
  client.runs.on('didChangeSamples', ({ folder }) => void loadSamples(folder).catch(report));
  client.connection.onDidReconnect.on(() => {
    for (const folder of Object.keys(store.getState().samples)) loadSamples(folder).catch(report);
  });

  return {
    ...store,
    loadSamples,
    async start(folder, sampleId) {
      const edits = store.getState().edits[sampleKey(folder, sampleId)] ?? {};
      const summary = await client.runs.start({ folder, sampleId, ...edits });
      takeSummary(summary);
      return summary;
    },
    cancel: async (runId) => {
      await client.runs.cancel({ runId });
    },
    loadRun,
    editRun(folder, sampleId, edits) {
      store.setState((state) => {
        const { [sampleKey(folder, sampleId)]: _, ...others } = state.edits;
        return { edits: edits === undefined ? others : { ...others, [sampleKey(folder, sampleId)]: edits } };
      });
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
  };
}
