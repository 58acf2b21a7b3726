/** Runs of analyzers: the text of a sample is the target, and what comes back are findings. */
import { type AnalysisRequest, AnalysisRequestSchema } from '@shared/schemas';
import { type Answer, answeredWith, failedAnswer, invalidResponse, timeoutOf } from '../answer';
import { requestCompleter } from '../complete-request';
import { checkResponse } from '../response-check';
import { guessTargetType } from '../target-type';
import type { CallTerms, RunType } from './run-type';

const TIMEOUT_SECONDS = 300;

export const analyzerRuns: RunType = {
  choices: { target_type: 'get_supported_types' },
  identity: ['target_data'],
  requestsOf({ name, text }, { target_type: supported = [] }, wanted) {
    const targetType = typeof wanted.target_type === 'string' ? wanted.target_type : undefined;
    const fields = {
      target_type: targetType ?? guessTargetType(name, text, supported),
      target_data: { content: text, filename: name },
    };
    return [{ label: name, fields }];
  },
  complete: requestCompleter(AnalysisRequestSchema),
  perform: (request, terms) => analyze(request as AnalysisRequest, terms),
  events: { started: 'analysis.started', completed: 'analysis.completed', failed: 'analysis.failed' },
  timeoutSeconds: TIMEOUT_SECONDS,
  worksBetweenCalls: false,
  keepsExchanges: false,
};

async function analyze(request: AnalysisRequest, { instance, runId, signal }: CallTerms): Promise<Answer> {
  const timeoutMs = timeoutOf(request.timeout ?? TIMEOUT_SECONDS);
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  try {
    const response = await instance.invoke('analyze', [request], { timeoutMs, runId, signal });
    return { ...judge(response, request.request_id), response, durationMs: elapsed() };
  } catch (error) {
    return failedAnswer(error, signal, elapsed());
  }
}

function judge(value: unknown, requestId: string): Omit<Answer, 'durationMs' | 'response'> {
  const { problems, findings, response } = checkResponse(value, requestId);
  const base = { problems, findings, resultCount: findings.length, warnings: response?.warnings ?? [] };
  if (response === undefined) return { ...base, outcome: 'invalid-response', error: invalidResponse(problems) };
  if (response.status === 'success') return { ...base, outcome: 'success' };
  const outcome = response.status === 'timeout' ? 'timeout' : 'plugin-error';
  return { ...base, outcome, error: answeredWith(response.status, response.error_message) };
}
