import type { Diagnostic } from '@shared/contracts';
import { expect, test } from 'vitest';
import { mergeProblems, type Problem, type TextProblems } from './problems-model';

const FOLDER = '/plugin';

const problem = <Source extends Problem['source']>(source: Source, file: string, line: number, message: string) => ({
  source,
  file,
  severity: 'error' as const,
  code: `${source}/wrong`,
  message,
  range: { startLine: line, startColumn: 1, endLine: line, endColumn: 4 },
});

const onDisk: Record<string, readonly Diagnostic[]> = {
  [FOLDER]: [problem('manifest', 'plugin.json', 3, 'on disk'), problem('build', 'src/a.ts', 7, 'from the build')],
};

const messages = (...texts: readonly TextProblems[]) =>
  (mergeProblems(onDisk, texts)[FOLDER] ?? []).map(({ message }) => message);

test('of a manifest that is not saved the text counts, not the file', () => {
  const text = { folder: FOLDER, path: 'plugin.json', marked: [] };
  const wrong = problem('manifest', 'plugin.json', 4, 'as typed');
  expect(messages({ ...text, checked: [wrong] })).toEqual(['from the build', 'as typed']);
  expect(messages({ ...text, checked: [] })).toEqual(['from the build']);
  expect(messages(text)).toEqual(['on disk', 'from the build']);
});

test('what the language service finds is listed, but not where the build has found it', () => {
  const marked = [
    problem('typescript', 'src/a.ts', 7, 'found twice'),
    problem('typescript', 'src/a.ts', 9, 'a type error'),
  ];
  expect(messages({ folder: FOLDER, path: 'src/a.ts', marked })).toEqual(['on disk', 'from the build', 'a type error']);
});

test('a plugin that only an editor finds fault with is listed, and another one is left as it is', () => {
  const marked = [problem('typescript', 'src/b.ts', 1, 'a type error')];
  const merged = mergeProblems(onDisk, [{ folder: '/other', path: 'src/b.ts', marked }]);
  expect(merged['/other']).toEqual(marked);
  expect(merged[FOLDER]).toBe(onDisk[FOLDER]);
});

test('why a configuration was refused stands among the problems, as what is not saved', () => {
  const problems = [
    {
      layer: 'stored',
      pointer: '/min_confidence',
      schemaPath: '#/maximum',
      message: 'It is more than 1.',
      line: 3,
    } as const,
  ];
  const merged = mergeProblems({ '/a': [] }, [], [{ folder: '/a', path: 'config/a.yaml', problems }]);
  expect(merged['/a']).toMatchObject([
    { file: 'config/a.yaml', source: 'config', message: 'Not saved: It is more than 1.', range: { startLine: 3 } },
  ]);
});
