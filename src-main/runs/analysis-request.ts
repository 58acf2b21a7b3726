/** Makes the request that a sample is sent in, complete as the platform would send it. */
import { randomUUID } from 'node:crypto';
import { StudioError } from '@shared/errors';
import { type AnalysisRequest, AnalysisRequestSchema } from '@shared/schemas';
import { Compile } from 'typebox/compile';
import Value from 'typebox/value';
import { problemsOf } from './response-check';

const requests = Compile(AnalysisRequestSchema);

export interface RequestInput {
  readonly filename: string;
  readonly content: string;
  readonly targetType: string;
  readonly timeoutSeconds?: number;
  /** What a person has set; the target, the id and the time are always the sample's own. */
  readonly template?: Readonly<Record<string, unknown>>;
}

export function makeRequest({
  filename,
  content,
  targetType,
  timeoutSeconds,
  template,
}: RequestInput): AnalysisRequest {
  return completeRequest({
    ...template,
    request_id: randomUUID(),
    target_type: targetType,
    target_data: { content, filename },
    timestamp: new Date().toISOString(),
    ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds }),
  });
}

/** Fills in what the contract has defaults for. Throws runs/invalid-request (data: {problems}). */
export function completeRequest(given: Readonly<Record<string, unknown>>): AnalysisRequest {
  const request = Value.Default(AnalysisRequestSchema, { source: 'mcp-plugin-studio', ...structuredClone(given) });
  const problems = requests.Check(request) ? [] : problemsOf(requests, request);
  if (problems.length === 0 && (request as AnalysisRequest).timeout === 0)
    problems.push('/timeout must be more than 0');
  if (problems.length > 0) {
    throw new StudioError('runs/invalid-request', `The request breaks the contract: ${problems.join('; ')}.`, {
      data: { problems },
    });
  }
  return request as AnalysisRequest;
}
