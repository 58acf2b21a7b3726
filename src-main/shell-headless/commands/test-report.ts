/** Results of tests for people, and as JSON. */
import type { TestDetail, TestFailure, TestFile, TestOutcome } from '@shared/contracts';
import { type Colours, createColours, plain } from './colours';
import type { Terminal } from './terminal';

export interface TestReport {
  readonly plugin: string;
  readonly files: readonly TestFile[];
  /** Those that were wanted. */
  readonly tests: readonly TestDetail[];
}

const WORDS: Readonly<Partial<Record<TestOutcome, string>>> = {
  passed: 'pass',
  failed: 'FAIL',
  timeout: 'TIME',
  crashed: 'DIED',
  skipped: 'skip',
  todo: 'todo',
};

const milliseconds = (ms: number) => `${Math.round(ms)} ms`;

export function testsAsText({ files, tests }: TestReport, terminal: Pick<Terminal, 'hasColours'>): string {
  const colours = createColours(terminal.hasColours);
  const blocks = files.flatMap(({ file, error }) => {
    const own = tests.filter((test) => test.file === file);
    if (own.length === 0 && error === undefined) return [];
    const lines =
      error === undefined ? own.flatMap((test) => linesOf(test, colours)) : [`  FAIL  ${plain(error.message)}`];
    return [[colours.bold(plain(file)), ...lines, ''].join('\n')];
  });
  return `${[...blocks, summary(files, tests)].join('\n')}\n`;
}

function linesOf(test: TestDetail, colours: Colours): string[] {
  const { path, outcome, durationMs, failures, logs } = test;
  const word = WORDS[outcome] ?? outcome;
  const name = path.map(plain).join(' › ');
  const hasFailed = failures.length > 0;
  const shown = hasFailed ? colours.severity('high', word) : colours.faint(word);
  const time = outcome === 'skipped' || outcome === 'todo' ? '' : colours.faint(`  ${milliseconds(durationMs)}`);
  const said = hasFailed ? logs.map(({ message }) => `        console: ${plain(message)}`) : [];
  return [`  ${shown}  ${name}${time}`, ...failures.flatMap((failure) => failureLines(failure, colours)), ...said];
}

function failureLines({ name, message, diff, place }: TestFailure, colours: Colours): string[] {
  const title = name === 'AssertionError' ? message : `${name}: ${message}`;
  const lines = diff === undefined ? [] : diff.split('\n').map((line) => painted(plain(line), colours));
  return [`${place.file}:${place.line}:${place.column}`, plain(title), ...lines].map((line) => `        ${line}`);
}

function painted(line: string, colours: Colours): string {
  if (line.startsWith('-')) return colours.severity('low', line);
  return line.startsWith('+') ? colours.severity('high', line) : line;
}

function summary(files: readonly TestFile[], tests: readonly TestDetail[]): string {
  const count = (...outcomes: TestOutcome[]) => tests.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const broken = files.filter(({ error }) => error !== undefined).length;
  const parts: [number, string][] = [
    [count('passed'), 'passed'],
    [count('failed'), 'failed'],
    [count('timeout'), 'timed out'],
    [count('crashed'), 'crashed'],
    [count('skipped'), 'skipped'],
    [count('todo'), 'to do'],
    [broken, broken === 1 ? 'file not loaded' : 'files not loaded'],
  ];
  const total = tests.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const said = parts.filter(([amount]) => amount > 0).map(([amount, what]) => `${amount} ${what}`);
  return `${said.join(', ')} in ${(total / 1000).toFixed(2)} s`;
}

/** The same names as everywhere on the wire. */
export function testsAsJson({ plugin, files, tests }: TestReport): string {
  const value = {
    plugin,
    tests: tests.map(({ file, path, outcome, durationMs, place, failures, logs }) => ({
      file,
      name: path,
      outcome,
      duration_ms: Math.round(durationMs * 1000) / 1000,
      location: place,
      failures: failures.map(({ place: location, ...failure }) => ({ ...failure, location })),
      logs: logs.map(({ level, message }) => ({ level, message })),
    })),
    errors: files.flatMap(({ file, error, diagnostics }) =>
      error === undefined ? [] : [{ file, ...error, diagnostics }],
    ),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
