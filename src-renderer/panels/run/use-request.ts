/** The request that Run would send for a sample: as it is generated, with what the person changed of it. */
import type { Sample } from '@shared/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useClient, useStores } from '../../stores/context';
import { applyPatch, patchBetween, type RequestDocument } from '../../stores/request-edits';
import { type RunEdits, sampleKey } from '../../stores/runs';

export interface RequestOfSample {
  /** Undefined until it is made, or while that fails. */
  readonly document: RequestDocument | undefined;
  readonly failure: unknown;
  readonly edits: RunEdits;
  /** Takes the whole document as it should be. */
  change(document: RequestDocument): void;
  keepDraft(text: string, problem: string): void;
  setConfig(config: RunEdits['config']): void;
  setLimits(limits: RunEdits['limits']): void;
  /** Back to what is generated; the configuration rows and the limits stay. */
  reset(): void;
  retry(): void;
}

const NO_EDITS: RunEdits = {};

export function useRequest(folder: string, sample: Sample): RequestOfSample {
  const client = useClient();
  const { runs } = useStores();
  const edits = useStore(runs, (state) => state.edits[sampleKey(folder, sample.id)] ?? NO_EDITS);
  const targetType = typeof edits.request?.target_type === 'string' ? edits.request.target_type : undefined;
  const [generated, setGenerated] = useState<RequestDocument>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a sample that changed, or another attempt, makes it anew
  useEffect(() => {
    let left = false;
    client.runs
      .prepareRequest({ folder, sampleId: sample.id, ...(targetType === undefined ? {} : { targetType }) })
      .then(
        (request) => {
          if (left) return;
          setGenerated(request);
          setFailure(undefined);
        },
        (error: unknown) => {
          if (!left) setFailure(error);
        },
      );
    return () => {
      left = true;
    };
  }, [client, folder, sample, targetType, attempt]);

  const update = useCallback((next: RunEdits) => runs.editRun(folder, sample.id, next), [runs, folder, sample.id]);
  const document = useMemo(
    () => (generated === undefined ? undefined : applyPatch(generated, edits.request)),
    [generated, edits.request],
  );

  return {
    document,
    failure,
    edits,
    change(next) {
      if (generated !== undefined) update({ ...edits, request: patchBetween(generated, next), draft: undefined });
    },
    keepDraft: (text, problem) => update({ ...edits, draft: { text, problem } }),
    setConfig: (config) => update({ ...edits, config }),
    setLimits: (limits) => update({ ...edits, limits }),
    reset: () => update({ ...edits, request: undefined, draft: undefined }),
    retry: () => setAttempt(attempt + 1),
  };
}
