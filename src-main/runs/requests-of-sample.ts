/** The requests of a sample, read as they are wanted: those of a text, or of each file of a folder. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { StudioError } from '@shared/errors';
import type { OpenedFolder, OpenedSample } from './opened-sample';
import { readSampleText, refusalReason } from './sample-text';
import type { Choices, Fields, RunType, SampleText } from './types/run-type';

export interface RequestTerms {
  readonly type: RunType;
  readonly choices: Choices;
  /** What every request has, whatever the sample says. */
  readonly wanted?: Fields;
  /** What a person made of the first request. */
  readonly edited?: Fields;
  readonly timeoutSeconds?: number;
}

export interface LabelledRequest {
  readonly label: string;
  readonly request: Record<string, unknown>;
}

export type RequestItem =
  | ({ readonly kind: 'request' } & LabelledRequest)
  | { readonly kind: 'unreadable' | 'skipped' | 'passed-over'; readonly label: string; readonly warning: string };

const OF_ITS_OWN = ['request_id', 'timestamp'];

/** Without what was edited. Throws runs/bad-sample and runs/invalid-request. */
function plainRequests(sample: SampleText, { type, choices, wanted = {}, timeoutSeconds }: RequestTerms) {
  return type.requestsOf(sample, choices, wanted).map(({ label, fields }) => ({
    label,
    fields: {
      source: 'mcp-plugin-studio',
      ...fields,
      ...wanted,
      ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
      request_id: randomUUID(),
      timestamp: new Date().toISOString(),
    } satisfies Fields,
  }));
}

/** What of the edited request goes for all: what it changes of the first one, but not what that one is about. */
export function changesForAll(type: RunType, edited: Fields, first: Fields): Fields {
  const own = new Set([...OF_ITS_OWN, ...type.identity]);
  return Object.fromEntries(
    Object.entries(edited).filter(([name, value]) => !own.has(name) && !isDeepStrictEqual(value, first[name])),
  );
}

/** The requests of one text, of which an edited one is the first. Throws runs/bad-sample and runs/invalid-request. */
export function requestsOfText(sample: SampleText, terms: RequestTerms): LabelledRequest[] {
  const { type, edited, timeoutSeconds } = terms;
  const all = plainRequests(sample, terms);
  if (edited === undefined) return all.map(({ label, fields }) => ({ label, request: type.complete(fields) }));
  const changes = changesForAll(type, edited, type.complete(all[0]!.fields));
  const timeout = timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds };
  return all.map(({ label, fields }, index) => ({
    label,
    request: type.complete(
      index === 0 ? { source: 'mcp-plugin-studio', ...edited, ...timeout } : { ...fields, ...changes },
    ),
  }));
}

/** Every file's; one that cannot be a sample is named with the reason. `changes` go for all. */
export async function* requestsOfFolder(
  folder: OpenedFolder,
  terms: RequestTerms,
  changes: Fields,
  signal: AbortSignal,
): AsyncGenerator<RequestItem, void, undefined> {
  for await (const item of folder.walk(signal)) {
    if (item.kind === 'unreadable') {
      yield { kind: 'unreadable', label: item.path, warning: `${item.path} cannot be read: ${item.reason}.` };
      continue;
    }
    if (item.kind === 'passed-over') {
      yield { kind: 'passed-over', label: item.path, warning: `${item.path} was passed over: ${item.reason}.` };
      continue;
    }
    const requests = await readRequests(item.absolute, item.path, terms, changes);
    if (requests instanceof StudioError) {
      const isUnreadable = requests.code === 'runs/sample-unreadable' || requests.code === 'runs/no-sample';
      const warning = refusalReason(requests);
      yield {
        kind: isUnreadable ? 'unreadable' : 'skipped',
        label: item.path,
        warning: warning.includes(item.path) ? warning : `${item.path}: ${warning}`,
      };
    } else for (const request of requests) yield { kind: 'request', ...request };
  }
}

async function readRequests(absolute: string, path: string, terms: RequestTerms, changes: Fields) {
  try {
    const sample = await readSampleText(absolute, path);
    return plainRequests(sample, terms).map(({ label, fields }) => ({
      label,
      request: terms.type.complete({ ...fields, ...changes }),
    }));
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
}

/** The request that a run of the sample would begin with; undefined for a folder without any. Throws what reading throws. */
export async function firstRequest(
  opened: OpenedSample,
  terms: RequestTerms,
): Promise<Record<string, unknown> | undefined> {
  if (!opened.isFolder) return requestsOfText(await opened.read(), terms)[0]?.request;
  for await (const item of requestsOfFolder(opened, terms, {}, new AbortController().signal)) {
    if (item.kind === 'request') return item.request;
  }
  return undefined;
}
