/** What a run is going to do, settled before it begins: a request that cannot be made refuses the run. */
import { StudioError, type WireError } from '@shared/errors';
import type { AnalysisRequest } from '@shared/schemas';
import { completeRequest } from './analysis-request';
import type { Outcome } from './file-result';
import { firstRequest, type RequestTerms, requestFor } from './folder-requests';
import type { OpenedFolder, OpenedSample, OpenedText } from './opened-sample';
import type { SeatedPlugin } from './plugin-seat';
import { runFolder } from './run-folder';
import { analyzeFile, type RunInProgress, type WithoutEvents } from './run-in-progress';
import { supportedTypes } from './supported-types';

export interface WorkTerms {
  /** For a text the whole request; for a folder what the request of each file has in common. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly targetType?: string;
  readonly timeoutSeconds?: number;
}

export interface WorkEnd {
  readonly outcome: Outcome;
  readonly error?: WireError;
  /** Of a single text: still to be handed on, once the end of the run has been announced. */
  readonly result?: WithoutEvents;
}

export type Work = (run: RunInProgress) => Promise<WorkEnd>;

/** Throws runs/invalid-request, runs/unsupported-target-type, and what reading the sample throws. */
export async function prepareWork(opened: OpenedSample, plugin: SeatedPlugin, terms: WorkTerms): Promise<Work> {
  return opened.isFolder ? prepareFolder(opened, plugin, terms) : prepareText(opened, plugin, terms);
}

async function prepareText(opened: OpenedText, plugin: SeatedPlugin, terms: WorkTerms): Promise<Work> {
  const { request: given, timeoutSeconds } = terms;
  const request =
    given === undefined
      ? await requestForText(opened, { ...terms, supported: await supportedBy(plugin, terms.targetType) })
      : completeRequest({ ...given, ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }) });
  return async (run) => {
    run.record.noteRequest(request);
    const result = await analyzeFile(run, opened.sample.name, request);
    return { outcome: result.outcome, error: result.error, result };
  };
}

async function prepareFolder(opened: OpenedFolder, plugin: SeatedPlugin, terms: WorkTerms): Promise<Work> {
  const { request: template, timeoutSeconds } = terms;
  const supported = await supportedBy(plugin, terms.targetType);
  const targetType = terms.targetType ?? (await typeForAll(opened, supported, template));
  if (template !== undefined) completeRequest({ ...template, request_id: 'any', target_data: {} });
  return (run) => runFolder(run, opened, { supported, targetType, timeoutSeconds, template });
}

/** A request that was prepared for a folder has the first file's type; only another one was meant for all. */
async function typeForAll(
  opened: OpenedFolder,
  supported: readonly string[],
  template: WorkTerms['request'],
): Promise<string | undefined> {
  const wanted = template?.target_type;
  if (typeof wanted !== 'string') return undefined;
  const first = await firstRequest(opened, { supported });
  return first?.target_type === wanted ? undefined : wanted;
}

async function requestForText(opened: OpenedText, terms: RequestTerms): Promise<AnalysisRequest> {
  const { name, text } = await opened.read();
  return requestFor(name, text, terms);
}

/** The request that a run of the sample would begin with. Throws runs/no-sample for a folder without any text. */
export async function previewRequest(opened: OpenedSample, terms: RequestTerms): Promise<AnalysisRequest> {
  if (!opened.isFolder) return requestForText(opened, terms);
  const request = await firstRequest(opened, terms);
  if (request !== undefined) return request;
  throw new StudioError(
    'runs/no-sample',
    `${opened.sample.name} holds no text of at most 10 MB. Choose another folder.`,
  );
}

async function supportedBy(
  { instance, manifest }: SeatedPlugin,
  wanted: string | undefined,
): Promise<readonly string[]> {
  const supported = await supportedTypes(instance);
  if (wanted === undefined || supported.length === 0 || supported.includes(wanted)) return supported;
  throw new StudioError(
    'runs/unsupported-target-type',
    `${manifest.name} does not support the target type ${wanted}. It supports ${supported.join(', ')}.`,
    { data: { supported } },
  );
}
