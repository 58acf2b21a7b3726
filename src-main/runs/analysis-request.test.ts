import { expect, test } from 'vitest';
import { completeRequest, makeRequest } from './analysis-request';

test('a request for a sample is complete, as the contract wants it', () => {
  const request = makeRequest({ filename: 'a.py', content: 'x', targetType: 'source_code' });
  expect(request).toMatchObject({
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
  expect(new Date(request.timestamp!).toISOString()).toBe(request.timestamp);
});

test('what a person set is kept; the target is the sample', () => {
  const template = { analysis_depth: 'deep', target_data: { content: 'old' }, note: 'mine', request_id: 'old' };
  const request = makeRequest({ filename: 'a.py', content: 'x', targetType: 't', timeoutSeconds: 5, template });
  expect(request).toMatchObject({ analysis_depth: 'deep', note: 'mine', timeout: 5, target_data: { content: 'x' } });
  expect(request.request_id).not.toBe('old');
});

test('a request that breaks the contract is refused with every place', () => {
  expect(() => completeRequest({ request_id: '', target_type: 'x', analysis_depth: 'shallow' })).toThrowError(
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
  expect(() => completeRequest(given)).toThrow('/timeout must be more than 0');
});
