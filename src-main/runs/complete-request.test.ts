import { AnalysisRequestSchema } from '@shared/schemas';
import { expect, test } from 'vitest';
import { requestCompleter } from './complete-request';
import { requestsOfText } from './requests-of-sample';
import { analyzerRuns } from './types/analyzer-runs';

const complete = requestCompleter(AnalysisRequestSchema);
const sample = { name: 'a.py', text: 'x' };

test('a request for a sample is complete, as the contract wants it', () => {
  const [made] = requestsOfText(sample, { type: analyzerRuns, choices: {} });
  expect(made?.request).toMatchObject({
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    target_type: 'source_code',
    target_data: { content: 'x', filename: 'a.py' },
    analysis_depth: 'standard',
    include_patterns: [],
    context: {},
    timeout: 300,
    source: 'mcp-plugin-studio',
    priority: 50,
  });
  const timestamp = String(made?.request.timestamp);
  expect(new Date(timestamp).toISOString()).toBe(timestamp);
});

test('a request that breaks the contract is refused with every place', () => {
  expect(() => complete({ request_id: '', target_type: 'x', analysis_depth: 'shallow' })).toThrowError(
    expect.objectContaining({
      code: 'runs/invalid-request',
      data: {
        problems: expect.arrayContaining([
          expect.stringContaining('target_data'),
          expect.stringMatching(/^\/analysis_depth .*quick, standard, deep$/),
        ]),
      },
    }),
  );
});

test('a timeout of no time at all is refused', () => {
  const given = { request_id: 'r', target_type: 'x', target_data: {}, timeout: 0 };
  expect(() => complete(given)).toThrow('/timeout must be more than 0');
});
