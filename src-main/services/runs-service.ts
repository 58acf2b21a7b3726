/** Samples and runs for the window. */
import type { runsService } from '@shared/contracts';
import { createEmitter, type Service } from '@shared/rpc';
import type { RunService } from '../runs/run-service';
import type { SampleStore } from '../runs/sample-store';
import type { OpenPlugins } from './open-plugins';

export function createRunsService(
  plugins: OpenPlugins,
  samples: SampleStore,
  runs: RunService,
): Service<typeof runsService> {
  const didChangeSamples = createEmitter<{ folder: string }>();
  const changed = (folder: string) => didChangeSamples.emit({ folder });
  const open = (folder: string) => plugins.session(folder).folder;
  plugins.onDidOpen.on((session) => {
    session.onDidChangeFiles.on((changes) => {
      if (changes.some(({ path }) => path.startsWith('samples/'))) changed(session.folder);
    });
  });

  return {
    calls: {
      listSamples: ({ folder }) => samples.list(open(folder)),
      async chooseSample({ folder, path }) {
        const sample = await samples.choose(open(folder), path);
        changed(folder);
        return sample;
      },
      async pasteSample({ folder, name, text }) {
        const sample = await samples.paste(open(folder), name, text);
        changed(folder);
        return sample;
      },
      async forgetSample({ folder, sampleId }) {
        await samples.forget(open(folder), sampleId);
        changed(folder);
        return null;
      },
      readSample: ({ folder, sampleId, file }) => samples.read(open(folder), sampleId, file),
      listChoices: async ({ folder }) =>
        Object.fromEntries(
          Object.entries(await runs.listChoices(open(folder))).map(([field, choices]) => [field, [...choices]]),
        ),
      callMethod: ({ folder, method, args }) => runs.callMethod({ folder: open(folder), method, args }),
      prepareRequest: ({ folder, sampleId, targetType }) =>
        runs.prepareRequest({ folder: open(folder), sampleId, targetType }),
      start: (request) => runs.start({ ...request, folder: open(request.folder) }),
      async cancel({ runId }) {
        await runs.cancel(runId);
        return null;
      },
      async cancelInFolder({ folder }) {
        await runs.cancelIn(open(folder));
        return null;
      },
      read: ({ runId }) => runs.read(runId),
      list: ({ folder }) => runs.list(open(folder)),
    },
    events: { didChange: runs.onDidChange, didChangeSamples },
  };
}
