/** What a run is going to do, settled before it begins: a request that cannot be made refuses the run. */
import type { RunLimits } from '@shared/contracts';
import { StudioError, type WireError } from '@shared/errors';
import type { Outcome } from './file-result';
import type { OpenedFolder, OpenedSample, OpenedText } from './opened-sample';
import { choicesOf, refuseUnsupported } from './plugin-choices';
import type { SeatedPlugin } from './plugin-seat';
import {
  changesForAll,
  firstRequest,
  type LabelledRequest,
  type RequestItem,
  type RequestTerms,
  requestsOfFolder,
  requestsOfText,
} from './requests-of-sample';
import { runFolder } from './run-folder';
import { exchange, type RunInProgress, type WithoutEvents } from './run-in-progress';
import { runSeveral } from './run-several';
import type { Fields } from './types/run-type';
import { RUN_TYPES } from './types/run-types';

export interface WorkTerms {
  /** The whole request; where there are several, what it changes of the first is changed in all. */
  readonly request?: Fields;
  /** What every request has, such as {scan_profile: "deep"}. */
  readonly wanted?: Fields;
  readonly timeoutSeconds?: number;
}

/** @throws StudioError limits/not-allowed where a run may not have so much */
export type RefuseLimits = (limits: RunLimits) => void;

export interface WorkEnd {
  readonly outcome: Outcome;
  readonly error?: WireError;
  /** Of a single request: still to be handed on, once the end of the run has been announced. */
  readonly result?: WithoutEvents;
}

export type Work = (run: RunInProgress) => Promise<WorkEnd>;

/** Throws runs/invalid-request, limits/not-allowed, runs/not-supported, runs/bad-sample, and what reading the sample throws. */
export async function prepareWork(
  opened: OpenedSample,
  plugin: SeatedPlugin,
  terms: WorkTerms,
  refuseLimits: RefuseLimits,
): Promise<Work> {
  const { request: edited, wanted = {}, timeoutSeconds } = terms;
  const choices = await choicesOf(plugin);
  refuseUnsupported(plugin.manifest, choices, wanted);
  const type = RUN_TYPES[plugin.manifest.plugin_type];
  const requestTerms: RequestTerms = { type, choices, wanted, edited, timeoutSeconds };
  return opened.isFolder ? prepareFolder(opened, requestTerms) : prepareText(opened, requestTerms, refuseLimits);
}

async function prepareText(opened: OpenedText, terms: RequestTerms, refuseLimits: RefuseLimits): Promise<Work> {
  const requests = requestsOfText(await opened.read(), terms);
  for (const { request } of requests) refuseLimits(terms.type.limitsOf?.(request) ?? {});
  const [first, ...others] = requests;
  if (first === undefined) throw new StudioError('runs/bad-sample', `${opened.sample.name} makes no request.`);
  if (others.length > 0) return (run) => runList(run, requests);
  return async (run) => {
    const { instance } = await run.seat.take();
    run.record.noteRequest(instance.redact(first.request));
    const result = await exchange(run, first.label, first.request);
    return { outcome: result.outcome, error: result.error, result };
  };
}

async function runList(run: RunInProgress, requests: readonly LabelledRequest[]): Promise<WorkEnd> {
  run.record.noteProgress({ total: requests.length, unit: 'request' });
  return runSeveral(run, inTurn(requests));
}

async function* inTurn(requests: readonly LabelledRequest[]): AsyncGenerator<RequestItem, void, undefined> {
  for (const request of requests) yield { kind: 'request', ...request };
}

/** A request that was prepared for a folder is that of its first file; only what was changed of it is meant for all. */
async function prepareFolder(opened: OpenedFolder, { edited, ...terms }: RequestTerms): Promise<Work> {
  const first = edited === undefined ? undefined : await firstRequest(opened, terms);
  const changes = edited === undefined ? {} : changesForAll(terms.type, edited, first ?? {});
  if (first !== undefined) terms.type.complete({ ...first, ...changes });
  return (run) => runFolder(run, opened, (signal) => requestsOfFolder(opened, terms, changes, signal));
}

/** The request that a run of the sample would begin with. Throws runs/no-sample for a folder without any text. */
export async function previewRequest(opened: OpenedSample, terms: RequestTerms): Promise<Record<string, unknown>> {
  const request = await firstRequest(opened, terms);
  if (request !== undefined) return request;
  throw new StudioError(
    'runs/no-sample',
    `${opened.sample.name} holds no text of at most 10 MB. Choose another folder.`,
  );
}
