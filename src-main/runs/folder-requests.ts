/** The requests of a folder, one a file, read as they are wanted. What cannot be a sample is named with the reason. */
import { StudioError } from '@shared/errors';
import type { AnalysisRequest } from '@shared/schemas';
import { makeRequest } from './analysis-request';
import type { OpenedFolder } from './opened-sample';
import { readSampleText, refusalReason } from './sample-text';
import { guessTargetType } from './target-type';

export interface RequestTerms {
  /** Of every file; without it each file's type is guessed. */
  readonly targetType?: string;
  readonly supported: readonly string[];
  readonly timeoutSeconds?: number;
  readonly template?: Readonly<Record<string, unknown>>;
}

export type FolderItem =
  | { readonly kind: 'request'; readonly file: string; readonly request: AnalysisRequest }
  | { readonly kind: 'unreadable' | 'skipped'; readonly file: string; readonly warning: string };

export function requestFor(filename: string, content: string, terms: RequestTerms): AnalysisRequest {
  const { supported, targetType = guessTargetType(filename, content, supported), timeoutSeconds, template } = terms;
  return makeRequest({ filename, content, targetType, timeoutSeconds, template });
}

export async function* folderRequests(
  folder: OpenedFolder,
  terms: RequestTerms,
  signal: AbortSignal,
): AsyncGenerator<FolderItem, void, undefined> {
  for await (const item of folder.walk(signal)) {
    if (item.kind === 'unreadable') {
      yield { kind: 'unreadable', file: item.path, warning: `${item.path} cannot be read: ${item.reason}.` };
      continue;
    }
    const content = await readSampleText(item.absolute, item.path).catch((error: unknown) => {
      if (error instanceof StudioError) return error;
      throw error;
    });
    if (content instanceof StudioError) {
      const isNoSample = content.code === 'runs/sample-binary' || content.code === 'runs/sample-too-large';
      yield { kind: isNoSample ? 'skipped' : 'unreadable', file: item.path, warning: refusalReason(content) };
    } else yield { kind: 'request', file: item.path, request: requestFor(item.path, content.text, terms) };
  }
}

/** The first file of a folder that can be a sample, as a request; undefined where there is none. */
export async function firstRequest(folder: OpenedFolder, terms: RequestTerms): Promise<AnalysisRequest | undefined> {
  for await (const item of folderRequests(folder, terms, new AbortController().signal)) {
    if (item.kind === 'request') return item.request;
  }
  return undefined;
}
