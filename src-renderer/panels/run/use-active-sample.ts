/** The plugin and the sample that Run is about, as every panel of a run needs them. */
import type { PluginSummary, Run, RunSummary, Sample } from '@shared/contracts';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { endedRun, runningRun, shownRun } from '../../stores/runs';

export interface ActiveSample {
  readonly folder: string | undefined;
  /** Undefined until they are read. */
  readonly samples: readonly Sample[] | undefined;
  readonly sample: Sample | undefined;
  /** The id of the chosen sample, where that is not there any more. Nothing else is run in its place. */
  readonly gone: string | undefined;
}

/** Takes the plugin's first sample where none is chosen yet, so that Run works at once. */
export function useActiveSample(): ActiveSample {
  const { workbench, runs, notices } = useStores();
  const folder = useStore(workbench, ({ activeFolder }) => activeFolder);
  const chosen = useStore(workbench, ({ activeSamples }) => activeSamples[folder ?? '']);
  const samples = useStore(runs, (state) => state.samples[folder ?? '']);
  const sample = samples?.find(({ id }) => id === chosen);

  useEffect(() => {
    if (folder !== undefined && samples === undefined) runs.loadSamples(folder).catch(notices.report);
  }, [folder, samples, runs, notices]);

  const first = samples?.[0]?.id;
  useEffect(() => {
    if (folder !== undefined && chosen === undefined && first !== undefined) workbench.setActiveSample(folder, first);
  }, [folder, chosen, first, workbench]);

  return { folder, samples, sample, gone: samples !== undefined && sample === undefined ? chosen : undefined };
}

export function useShownRun(folder: string | undefined, sampleId: string | undefined): Run | undefined {
  const { runs } = useStores();
  return useStore(runs, (state) =>
    folder === undefined || sampleId === undefined ? undefined : shownRun(state, folder, sampleId),
  );
}

/** The last run that is over, for what only then is whole. */
export function useEndedRun(folder: string | undefined, sampleId: string | undefined): Run | undefined {
  const { runs } = useStores();
  return useStore(runs, (state) =>
    folder === undefined || sampleId === undefined ? undefined : endedRun(state, folder, sampleId),
  );
}

export function useRunningRun(folder: string | undefined): RunSummary | undefined {
  const { runs } = useStores();
  return useStore(runs, (state) => (folder === undefined ? undefined : runningRun(state, folder)));
}

/** Where the manifest does not say, as if it were an analyzer. */
export function usePluginType(folder: string | undefined): NonNullable<PluginSummary['pluginType']> {
  const { plugins } = useStores();
  return useStore(plugins, (state) => state.plugins.find((each) => each.folder === folder)?.pluginType ?? 'analyzer');
}
