import type { Diagnostic, Run } from '@shared/contracts';
import { expect, test } from 'vitest';
import { denialsOf, describeOutcome, wasDenied } from './run-outcome';

const SAID = 'read rules.txt at src/a.ts:3 needs the capability file_system_access. It is denied for this plugin.';

const run = (message: string, name: string, stack = `${name}: ${message}`): Run => ({
  runId: 'run-1',
  folder: '/plugins/a',
  pluginId: 'a:1.0.0',
  pluginType: 'analyzer',
  sampleId: 's',
  sampleName: 's.py',
  outcome: 'plugin-error',
  startedAt: 0,
  durationMs: 42,
  findingCount: 0,
  eventCount: 0,
  request: {},
  responseProblems: [],
  exchanges: [],
  findings: [],
  gone: [],
  warnings: [],
  warningCount: 0,
  logs: [],
  isolation: '',
  configGeneration: 1,
  error: { code: 'plugins/plugin-error', message: `${name}: ${message}`, data: { name, stack } },
});

const denial = (message: string, code = 'capabilities/denied'): Diagnostic => ({
  source: 'runtime',
  file: 'src/a.ts',
  severity: 'error',
  code,
  message,
  range: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 2 },
});

test('a denial is told once, without a stack that only says it again', () => {
  const outcome = describeOutcome(run(SAID, 'SecurityError'));
  expect(outcome?.message).toBe(SAID);
  expect(outcome?.stack).toBeUndefined();
  expect(outcome?.advice).toBe('Allow what it needs, or mend the line, and run again.');
});

test('only an error of the platform for what is not allowed is a denial', () => {
  expect(wasDenied(run(SAID, 'SecurityError'))).toBe(true);
  expect(wasDenied(run(SAID, 'TypeError'))).toBe(false);
});

test('the denials of a run are those that its error tells of', () => {
  const own = denial(SAID);
  const others = [denial('read other.txt needs more.'), denial(SAID, 'build/type')];
  expect(denialsOf(run(SAID, 'SecurityError'), [...others, own])).toEqual([own]);
});
