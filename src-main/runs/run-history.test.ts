import type { Sample } from '@shared/contracts';
import { expect, test } from 'vitest';
import { createComparison } from './compare-findings';
import type { FileResult } from './file-result';
import { fingerprintAll } from './fingerprint';
import { createRunHistory } from './run-history';
import { createRunRecord, MOST_BYTES, MOST_FINDINGS, MOST_LOGGED } from './run-record';
import { finding } from './run-samples.fixture';

const sample: Sample = { id: 'samples/a.py', name: 'a.py', kind: 'file', origin: 'samples', size: 1 };

function record(runId: string, sampleId = sample.id) {
  const identity = {
    runId,
    folder: '/p',
    pluginId: 'p:1.0.0',
    pluginType: 'analyzer' as const,
    sample: { ...sample, id: sampleId },
  };
  return createRunRecord({ ...identity, comparison: createComparison(undefined) });
}

function resultWith(findings: number): FileResult {
  const comparison = createComparison(undefined);
  const results = Array.from({ length: findings }, (_, index) => finding({ title: `${index}` }));
  return {
    file: 'a.py',
    request: { request_id: 'r', target_type: 't', target_data: { content: 'x' } },
    response: {},
    responseProblems: [],
    findings: fingerprintAll(results, 'a.py').map(comparison.add),
    resultCount: findings,
    outcome: 'success',
    durationMs: 1,
    isolation: 'ses only',
    limits: [],
    configGeneration: 1,
    warnings: [],
    logs: [],
    events: [],
    eventsOmitted: 0,
  };
}

test('the newest runs of a folder are kept, newest first', () => {
  const history = createRunHistory({ mostRuns: 3 });
  for (const runId of ['1', '2', '3', '4']) history.add(record(runId));
  expect(history.list('/p').map(({ identity }) => identity.runId)).toEqual(['4', '3', '2']);
  expect(history.find('1')).toBeUndefined();
  expect(history.list('/other')).toEqual([]);
});

test('runs that weigh too much together go, oldest first, but never the newest', () => {
  const history = createRunHistory({ mostBytes: 200_000 });
  for (const runId of ['1', '2']) {
    const heavy = record(runId);
    heavy.addResult(resultWith(1_000));
    history.add(heavy);
  }
  expect(history.list('/p').map(({ identity }) => identity.runId)).toEqual(['2']);
});

const text = 'x'.repeat(600_000);

test.each<[string, Partial<FileResult>]>([
  ['response', { response: { text } }],
  ['logged lines', { logs: [{ seq: 1, time: 0, level: 'info', message: text }] }],
  ['request', { request: { metadata: { text } } }],
])('a run weighs what its %s are long', (_what, heavy) => {
  const long = record('1');
  long.addResult({ ...resultWith(0), ...heavy });
  expect(long.weight).toBeGreaterThan(600_000);
  expect(long.weight).toBeLessThan(610_000);
});

test('only the last response of a run weighs, and what is gone since the run before weighs, too', () => {
  const previous = resultWith(1_000).findings;
  const identity = { runId: '2', folder: '/p', pluginId: 'p:1.0.0', pluginType: 'analyzer' as const, sample };
  const next = createRunRecord({ ...identity, comparison: createComparison(previous) });
  for (let sent = 0; sent < 3; sent += 1) next.addResult({ ...resultWith(0), response: { text } });
  expect(next.weight).toBeLessThan(610_000);
  next.finish('success');
  expect(next.read().gone).toHaveLength(1_000);
  expect(next.weight).toBeGreaterThan(700_000);
});

test('a single run keeps no more than its room, and says what it left out', () => {
  const long = record('1');
  const message = 'x'.repeat(MOST_LOGGED / 4);
  const logs = [1, 2, 3, 4].map((seq) => ({ seq, time: 0, level: 'info' as const, message }));
  long.addResult({ ...resultWith(2), logs, response: { text: 'x'.repeat(MOST_BYTES) }, warnings: [message] });
  long.finish('success');
  expect(long.weight).toBeLessThan(MOST_BYTES * 1.01);
  const { response, findings, logs: kept, warnings } = long.read();
  expect([response, findings.length, kept.length]).toEqual([undefined, 2, 3]);
  expect(warnings).toEqual([
    expect.stringMatching(/^x{1000,}… \(\d+ more characters\)$/),
    'The last response is larger than what the run keeps; it is left out.',
    expect.stringContaining('1 more lines were logged'),
  ]);
});

test('a run is compared with the last one of its sample that came to a good end', () => {
  const history = createRunHistory();
  for (const [runId, outcome] of [
    ['good', 'success'],
    ['bad', 'crashed'],
  ] as const) {
    const ended = record(runId);
    ended.finish(outcome);
    history.add(ended);
  }
  history.add(record('running'));
  expect(history.lastSuccess('/p', sample.id)?.identity.runId).toBe('good');
  expect(history.lastSuccess('/p', 'samples/other')).toBeUndefined();
});

test('findings beyond the limit are counted and said, not kept', () => {
  const long = record('1');
  for (let part = 0; part < 3; part++) long.addResult(resultWith(MOST_FINDINGS / 2));
  const run = long.read();
  expect(run.findings).toHaveLength(MOST_FINDINGS);
  expect(run.findingCount).toBe(15_000);
  expect(run.warningCount).toBe(1);
  expect(run.warnings).toEqual(['The plugin found 15000 things; the first 10000 are kept.']);
});

test('warnings of each kind are kept up to a hundred and counted beyond', () => {
  const long = record('1');
  for (let index = 0; index < 150; index++) long.noteWarning('skipped', `skipped ${index}`);
  long.noteWarning('unreadable', 'locked cannot be read');
  long.noteFailed('x.py', 'x.py: crashed');
  const { warnings, warningCount } = long.read();
  expect(warnings).toHaveLength(103);
  expect(warningCount).toBe(152);
  expect(warnings.slice(0, 2)).toEqual(['x.py: crashed', 'locked cannot be read']);
  expect(warnings.at(-1)).toBe('… and 50 more files that were skipped.');
});

test('what was not analysed this time is not said to be gone', () => {
  const previous = resultWith(1).findings;
  const identity = { runId: '2', folder: '/p', pluginId: 'p:1.0.0', pluginType: 'analyzer' as const, sample };
  const next = createRunRecord({ ...identity, comparison: createComparison(previous) });
  next.noteFailed('a.py', 'a.py: timeout');
  next.finish('success');
  expect(next.read().gone).toEqual([]);
  const whole = createRunRecord({ ...identity, comparison: createComparison(previous) });
  whole.finish('success');
  expect(whole.read().gone).toEqual(previous);
  const failed = createRunRecord({ ...identity, comparison: createComparison(previous) });
  failed.finish('crashed');
  expect(failed.read().gone).toEqual([]);
});
