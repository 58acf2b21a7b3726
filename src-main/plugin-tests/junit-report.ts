/** Results as JUnit XML, which build servers read: a suite for each file, a case for each test. */
import type { TestDetail, TestFile, TestOutcome } from '@shared/contracts';

/** Characters that XML 1.0 cannot hold, not even escaped, and half characters. */
const NOT_IN_XML = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const text = (value: string) =>
  value.replace(NOT_IN_XML, '\ufffd').replace(/[&<>\r]/g, (character) => ENTITIES[character] ?? character);
const attribute = (value: string | number) =>
  String(value)
    .replace(NOT_IN_XML, '\ufffd')
    .replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? character);

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`)
    .join('');

const seconds = (ms: number) => (ms / 1000).toFixed(3);

const IS_FAILURE = new Set<TestOutcome>(['failed']);
const IS_ERROR = new Set<TestOutcome>(['timeout', 'crashed']);
const IS_SKIPPED = new Set<TestOutcome>(['skipped', 'todo', 'none', 'waiting', 'running']);

function failureLines({ outcome, failures }: TestDetail): string[] {
  if (!IS_FAILURE.has(outcome) && !IS_ERROR.has(outcome)) return [];
  const element = IS_ERROR.has(outcome) ? 'error' : 'failure';
  return failures.map(({ name, message, diff, stack, place }) => {
    const where = `${place.file}:${place.line}:${place.column}`;
    const body = [where, message, diff, stack].filter((part) => part !== undefined && part !== '').join('\n');
    return `      <${element}${attributes({ type: name, message })}>${text(body)}</${element}>`;
  });
}

function caseLines(test: TestDetail): string[] {
  const { file, path, durationMs, outcome, logs, place } = test;
  const inner = [
    ...(IS_SKIPPED.has(outcome) ? ['      <skipped/>'] : []),
    ...failureLines(test),
    ...(logs.length === 0
      ? []
      : [`      <system-out>${text(logs.map(({ message }) => message).join('\n'))}</system-out>`]),
  ];
  const head = attributes({
    name: path.join(' › '),
    classname: file,
    file,
    line: place.line,
    time: seconds(durationMs),
  });
  return inner.length === 0 ? [`    <testcase${head}/>`] : [`    <testcase${head}>`, ...inner, '    </testcase>'];
}

function countsOf(tests: readonly TestDetail[], broken: number) {
  const count = (outcomes: ReadonlySet<TestOutcome>) => tests.filter(({ outcome }) => outcomes.has(outcome)).length;
  return {
    tests: tests.length + broken,
    failures: count(IS_FAILURE),
    errors: count(IS_ERROR) + broken,
    skipped: count(IS_SKIPPED),
    time: seconds(tests.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

function suiteLines({ file, error }: TestFile, tests: readonly TestDetail[]): string[] {
  const broken =
    error === undefined
      ? []
      : [
          `    <testcase${attributes({ name: file, classname: file, file, time: '0.000' })}>`,
          `      <error${attributes({ type: error.code, message: error.message })}/>`,
          '    </testcase>',
        ];
  const head = attributes({ name: file, ...countsOf(tests, error === undefined ? 0 : 1) });
  return [`  <testsuite${head}>`, ...broken, ...tests.flatMap(caseLines), '  </testsuite>'];
}

/** @param name Of the plugin. */
export function createJunitReport(name: string, files: readonly TestFile[], tests: readonly TestDetail[]): string {
  const broken = files.filter(({ error }) => error !== undefined).length;
  const suites = files.flatMap((file) =>
    suiteLines(
      file,
      tests.filter((test) => test.file === file.file),
    ),
  );
  const head = attributes({ name, ...countsOf(tests, broken) });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${head}>`, ...suites, '</testsuites>', ''].join('\n');
}
