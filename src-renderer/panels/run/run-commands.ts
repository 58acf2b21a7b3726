/** Running and stopping, and going from finding to finding, from anywhere in the window. */
import { isStudioError } from '@shared/errors';
import type { Dispose } from '@shared/rpc';
import type { Command } from '../../stores/commands';
import { runningRun, sampleKey, shownRun, whyGone } from '../../stores/runs';
import type { Stores } from '../../stores/stores';
import { neighbour } from './finding-rows';
import { targetOfFinding } from './finding-target';
import { findingsViewOf, visibleFindings } from './findings-view';

export function registerRunCommands(stores: Stores): Dispose {
  const { commands, workbench, runs } = stores;
  const running = () => {
    const { activeFolder } = workbench.getState();
    return activeFolder === undefined ? undefined : runningRun(runs.getState(), activeFolder);
  };

  const isStarting = () => runs.getState().starting[workbench.getState().activeFolder ?? ''] !== undefined;

  const start = async () => {
    const active = workbench.activeSample();
    if (active === undefined) return;
    workbench.revealPanel('run');
    // The Run panel says so, and what to do.
    if (whyGone(runs.getState(), active.folder, active.sampleId) !== undefined) return;
    try {
      await runs.start(active.folder, active.sampleId);
    } catch (error) {
      // The Run panel says why, with the way on; anything else is a failure of the studio.
      const refusal = runs.getState().refusals[sampleKey(active.folder, active.sampleId)];
      // Who stopped it need not be told that it was stopped.
      if (refusal !== error && !isStudioError(error, 'runs/cancelled')) throw error;
    }
  };

  const goTo = (step: 1 | -1) => () => {
    const active = workbench.activeSample();
    const run = active && shownRun(runs.getState(), active.folder, active.sampleId);
    const sample = active && runs.getState().samples[active.folder]?.find(({ id }) => id === active.sampleId);
    if (run === undefined || sample === undefined) return;
    const rows = visibleFindings(run, findingsViewOf(stores).getState()).filter(({ change }) => change !== 'gone');
    const row = neighbour(rows, runs.getState().selectedFinding?.fingerprint, step);
    if (row === undefined) return;
    runs.selectFinding({ runId: run.runId, fingerprint: row.fingerprint });
    workbench.openEditor(targetOfFinding(run, sample, row));
  };
  const hasFindings = () => {
    const active = workbench.activeSample();
    const run = active && shownRun(runs.getState(), active.folder, active.sampleId);
    return (run?.findings.length ?? 0) > 0;
  };

  const own: Command[] = [
    {
      id: 'run.start',
      title: 'Run on the sample',
      category: 'Run',
      key: 'Ctrl+Enter',
      icon: 'play',
      isEnabled: () => workbench.activeSample() !== undefined && running() === undefined && !isStarting(),
      run: start,
    },
    {
      id: 'run.stop',
      title: 'Stop the run',
      category: 'Run',
      key: 'Shift+F5',
      icon: 'debug-stop',
      isEnabled: () => running() !== undefined || isStarting(),
      async run() {
        const { activeFolder } = workbench.getState();
        if (activeFolder !== undefined) await runs.cancelIn(activeFolder);
      },
    },
    {
      id: 'run.nextFinding',
      title: 'Next finding',
      category: 'Run',
      key: 'F8',
      icon: 'arrow-down',
      isEnabled: hasFindings,
      run: goTo(1),
    },
    {
      id: 'run.previousFinding',
      title: 'Previous finding',
      category: 'Run',
      key: 'Shift+F8',
      icon: 'arrow-up',
      isEnabled: hasFindings,
      run: goTo(-1),
    },
  ];
  const disposes = own.map(commands.register);
  return () => {
    for (const dispose of disposes) dispose();
  };
}
