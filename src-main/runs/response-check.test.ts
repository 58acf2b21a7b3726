import { expect, test } from 'vitest';
import { checkResponse } from './response-check';
import { finding } from './run-samples.fixture';

const response = (given: object = {}) => ({
  request_id: 'r',
  status: 'success',
  vulnerabilities: [finding()],
  ...given,
});

test('a response that keeps the contract has no problems', () => {
  const checked = checkResponse(response(), 'r');
  expect(checked.problems).toEqual([]);
  expect(checked.findings).toEqual([finding()]);
});

test('one broken finding is named by its pointer and does not hide the others', () => {
  const broken = { ...finding(), severity: 'urgent' };
  const checked = checkResponse(response({ vulnerabilities: [broken, finding({ title: 'other' })] }), 'r');
  expect(checked.problems).toEqual([
    '/vulnerabilities/0/severity must be equal to one of the allowed values: critical, high, medium, low, info',
  ]);
  expect(checked.findings).toEqual([finding({ title: 'other' })]);
});

test('an answer to another request is a problem', () => {
  expect(checkResponse(response({ request_id: 'x' }), 'r').problems).toEqual([
    '/request_id is "x", but the request had "r"',
  ]);
});

test.each([[undefined], [null], ['text'], [[]], [{ vulnerabilities: 3 }]])('%j is no response', (value) => {
  const { problems, findings } = checkResponse(value, 'r');
  expect(problems.length).toBeGreaterThan(0);
  expect(findings).toEqual([]);
});

test('a union is explained once', () => {
  expect(checkResponse(response({ error_message: 4 }), 'r').problems).toEqual(['/error_message must be string']);
});

test('every problem is told, up to more than anybody mends at once', () => {
  const problemsIn = (length: number) => {
    const vulnerabilities = Array.from({ length }, () => ({ ...finding(), title: 1 }));
    return checkResponse(response({ vulnerabilities }), 'r').problems;
  };
  expect(problemsIn(80)).toHaveLength(80);
  const flood = problemsIn(5_000);
  expect(flood.length).toBeLessThanOrEqual(1_001);
  expect(flood.at(-1)).toBe('there may be more: it was looked no further');
});
