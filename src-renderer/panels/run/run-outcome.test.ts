import type { Run } from '@shared/contracts';
import { describe, expect, it } from 'vitest';
import { describeOutcome, isLimitOfRun, summaryLine } from './run-outcome';
import { partsOfStack } from './stack-links';

const run = (over: Partial<Run>): Run => ({
  runId: 'run-1',
  folder: '/plugins/a',
  pluginId: 'a:1.0.0',
  pluginType: 'analyzer',
  sampleId: 's',
  sampleName: 's.py',
  outcome: 'success',
  startedAt: 0,
  durationMs: 42,
  findingCount: 9,
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
  ...over,
});

describe('what became of a run', () => {
  it('names the limit that ended the plugin, with the figures and whose it is', () => {
    const data = { reason: 'memory', figure: 198 * 1024 ** 2, limit: 192 * 1024 ** 2, unit: 'bytes', from: 'run' };
    const error = { code: 'plugins/crashed', message: 'It held too much.', data };
    expect(describeOutcome(run({ outcome: 'crashed', error }))).toMatchObject({
      title: 'The plugin ran out of memory: 198 MB of 192 MB',
      message: 'It held too much.',
      advice: expect.stringContaining('set for this run'),
    });
    expect(isLimitOfRun(run({ outcome: 'crashed', error }))).toBe(true);
    const builtIn = {
      ...error,
      data: { ...data, reason: 'flood', figure: 9, limit: 5, unit: 'events/s', from: 'built-in' },
    };
    expect(describeOutcome(run({ outcome: 'crashed', error: builtIn }))?.title).toBe(
      'The plugin said too much: 9 events/s of 5 events/s',
    );
    expect(isLimitOfRun(run({ outcome: 'crashed', error: builtIn }))).toBe(false);
  });

  it('needs no words when it went well', () => {
    expect(describeOutcome(run({}))).toBeUndefined();
  });

  it('names what the plugin threw, and does not say the message twice', () => {
    const stack = 'RangeError: out of it\n  at Analyzer.analyze (src/analyzer.ts:12:7)';
    const error = {
      code: 'plugins/plugin-error',
      message: 'RangeError: out of it',
      data: { name: 'RangeError', stack },
    };
    expect(describeOutcome(run({ outcome: 'plugin-error', error }))).toMatchObject({
      title: 'The plugin threw RangeError',
      message: 'out of it',
      stack: '  at Analyzer.analyze (src/analyzer.ts:12:7)',
    });
  });

  it('calls an answer that it did not work by what did not', () => {
    const error = { code: 'runs/answered-failed', message: 'It may not be scanned.' };
    expect(describeOutcome(run({ pluginType: 'scanner', outcome: 'plugin-error', error }))).toMatchObject({
      title: 'The scan failed',
      message: 'It may not be scanned.',
      advice: expect.stringContaining('what the plugin answered'),
    });
  });

  it('says how the process ended', () => {
    const ended = (data: Record<string, unknown>) =>
      describeOutcome(run({ outcome: 'crashed', error: { code: 'plugins/crashed', message: 'It is gone.', data } }))
        ?.message;
    expect(ended({ exitCode: 3 })).toBe('It is gone. Its process exited with code 3.');
    expect(ended({ signal: 'SIGABRT', exitCode: null })).toBe('It is gone. Its process was ended by SIGABRT.');
  });

  it('has words and a next step for every other outcome', () => {
    for (const outcome of ['invalid-response', 'timeout', 'cancelled'] as const) {
      const text = describeOutcome(
        run({ outcome, error: { code: 'x/y', message: 'Because.' }, responseProblems: ['/status must be'] }),
      );
      expect(text?.title).not.toBe('');
      expect(text?.message).not.toBe('');
      expect(text?.advice).not.toBe('');
    }
  });

  it('is one line in the toolbar', () => {
    expect(summaryLine(run({}), { new: 3, gone: 1, compared: true })).toBe('9 findings · 3 new · 1 gone · 42 ms');
    expect(summaryLine(run({ findingCount: 1 }), { new: 0, gone: 0, compared: true })).toBe('1 finding · 42 ms');
    expect(summaryLine(run({ outcome: 'crashed', findingCount: 0 }), { new: 0, gone: 0, compared: false })).toBe(
      'crashed · 0 findings · 42 ms',
    );
  });
});

describe('the places of a stack', () => {
  const links = (stack: string) => partsOfStack(stack, '/plugins/a').flatMap(({ link }) => link ?? []);

  it('in the plugin can be opened, written relative or absolute', () => {
    expect(
      links('at f (src/rules/sql.ts:12:7)\n at g (file:///plugins/a/src/analyzer.ts:3:1)\n at /plugins/a/src/b.ts:9'),
    ).toEqual([
      { path: 'src/rules/sql.ts', line: 12, column: 7 },
      { path: 'src/analyzer.ts', line: 3, column: 1 },
      { path: 'src/b.ts', line: 9 },
    ]);
  });

  it('elsewhere cannot', () => {
    expect(
      links(
        'at node:internal/timers.js:1:2\n at /usr/lib/x.js:1:2\n at ../other/x.ts:1:1\n at node_modules/y/z.js:4:5',
      ),
    ).toEqual([]);
  });

  it('leave the text as it was', () => {
    const stack = 'Error: x\n    at f (src/a.ts:1:2)\n    at <anonymous>';
    expect(
      partsOfStack(stack, '/plugins/a')
        .map(({ text }) => text)
        .join(''),
    ).toBe(stack);
  });
});
