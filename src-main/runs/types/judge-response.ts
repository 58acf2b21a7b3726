/** Holds the response of a method that answers once against its schema, and reads off how it went. */
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Answer, answeredWith, failedAnswer, invalidResponse, timeoutOf } from '../answer';
import { problemsOf } from '../response-check';
import type { CallTerms } from './run-type';

interface StatedResponse {
  readonly request_id: string;
  readonly status: string;
  readonly error_message?: string | null;
  readonly warnings?: readonly string[];
}

export interface AnsweringMethod<Response extends StatedResponse> {
  readonly method: string;
  readonly schema: TSchema;
  /** In seconds. */
  readonly timeout: number;
  /** The field that has the results. */
  readonly results: string & keyof Response;
  outcomeOf(response: Response): 'success' | 'plugin-error' | 'timeout';
  warningsOf?(response: Response): readonly string[];
}

export type PerformOnce = (request: Record<string, unknown>, terms: CallTerms) => Promise<Answer>;

export function answering<Response extends StatedResponse>(described: AnsweringMethod<Response>): PerformOnce {
  const { method, schema, timeout, results } = described;
  const compiled = Compile(schema);

  const judge = (value: unknown, requestId: unknown): Omit<Answer, 'durationMs'> => {
    const found = (value as Record<string, unknown> | undefined | null)?.[results];
    const base = { response: value, findings: [], resultCount: Array.isArray(found) ? found.length : 0 };
    const problems = problemsOfResponse(value, requestId);
    if (problems.length > 0) {
      return { ...base, outcome: 'invalid-response', problems, warnings: [], error: invalidResponse(problems) };
    }
    const response = value as Response;
    const outcome = described.outcomeOf(response);
    const warnings = [...(response.warnings ?? []), ...(described.warningsOf?.(response) ?? [])];
    if (outcome === 'success') return { ...base, outcome, problems, warnings };
    return { ...base, outcome, problems, warnings, error: answeredWith(response.status, response.error_message) };
  };

  const problemsOfResponse = (value: unknown, requestId: unknown): string[] => {
    if (value === undefined || value === null) return [`${method} returned nothing; it must return ${schemaTitle}`];
    if (!compiled.Check(value)) return problemsOf(compiled, value);
    const { request_id } = value as Response;
    return request_id === requestId ? [] : [`/request_id is "${request_id}", but the request had "${requestId}"`];
  };
  const schemaTitle = (schema as { title?: string }).title ?? 'a response';

  return async (request, { instance, runId, signal }) => {
    const timeoutMs = timeoutOf(typeof request.timeout === 'number' ? request.timeout : timeout);
    const start = performance.now();
    const elapsed = () => performance.now() - start;
    try {
      const value = await instance.invoke(method, [request], { timeoutMs, runId, signal });
      return { ...judge(value, request.request_id), durationMs: elapsed() };
    } catch (error) {
      return failedAnswer(error, signal, elapsed());
    }
  };
}
