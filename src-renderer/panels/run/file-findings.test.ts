import type { Finding, Run, RunSummary } from '@shared/contracts';
import type { Severity } from '@shared/schemas';
import { expect, it } from 'vitest';
import { filesDone, findingsByFile } from './file-findings';

const finding = (file: string | undefined, severity: Severity): Finding => ({
  fingerprint: `${file}${severity}`,
  change: 'first',
  result: {
    vulnerability_id: 'v',
    title: 't',
    vulnerability_type: 'other',
    severity,
    ...(file === undefined ? {} : { location: { file } }),
  },
});

it('the file with the gravest findings comes first, then the one with more of them', () => {
  const files = findingsByFile([
    finding('many.js', 'low'),
    finding('many.js', 'low'),
    finding('b.js', 'high'),
    finding('a.js', 'high'),
    finding('a.js', 'info'),
    finding('worst.js', 'critical'),
  ]);
  expect(files.map(({ file, count, worst }) => [file, count, worst])).toEqual([
    ['worst.js', 1, 'critical'],
    ['a.js', 2, 'high'],
    ['b.js', 1, 'high'],
    ['many.js', 2, 'low'],
  ]);
});

it('findings without a file are together, under no name', () => {
  expect(findingsByFile([finding(undefined, 'info')])).toMatchObject([{ file: '', count: 1 }]);
});

it('the files done are those of the newest summary while the run goes on, and of no other run', () => {
  const progress = (done: number) => ({ done, total: 29_060, current: 'a.js', unit: 'file' as const });
  const summary: RunSummary = {
    runId: '1',
    folder: '/p',
    pluginId: 'p:1.0.0',
    pluginType: 'analyzer',
    sampleId: 's',
    sampleName: 'node_modules',
    outcome: 'running',
    startedAt: 0,
    durationMs: 1,
    findingCount: 3,
    eventCount: 0,
    progress: progress(3_169),
  };
  const run: Run = {
    ...summary,
    progress: progress(824),
    findingCount: 1,
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
  };
  expect(filesDone(run, summary)).toBe(3_169);
  expect(filesDone(run, { ...summary, runId: '2' })).toBe(824);
  expect(filesDone(run, undefined)).toBe(824);
});
