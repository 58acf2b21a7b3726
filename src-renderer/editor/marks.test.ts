import { expect, test } from 'vitest';
import { decorationsOf, type Mark, type MarkedText } from './marks';

const lines = ['a', 'rows = db.execute(query)', 'return rows'];
const text: MarkedText = { lineCount: lines.length, lineLength: (line) => lines[line - 1]!.length, columns: 60 };
const mark: Mark = { line: 2, severity: 'high', message: 'SQL built by concatenation', startColumn: 8, endColumn: 18 };

const trailerOf = (marks: readonly Mark[], columns = 60) =>
  decorationsOf(marks, { ...text, columns })
    .find(({ options }) => options.after !== undefined)
    ?.options.after?.content.trim();

test('a mark draws its line, its place and its sentence', () => {
  const [line, place, sentence] = decorationsOf([mark], text);
  expect(line!.options.className).toBe('mark-line mark-high');
  expect(place!.range).toEqual({ startLineNumber: 2, startColumn: 8, endLineNumber: 2, endColumn: 18 });
  expect(sentence!.range.startColumn).toBe(lines[1]!.length + 1);
});

test('a line with several marks speaks of the gravest and counts the others', () => {
  expect(trailerOf([mark, { ...mark, severity: 'critical', message: 'Shell command' }])).toBe('Shell command (+1)');
});

test('the selected mark speaks even where a graver one is beside it', () => {
  expect(
    trailerOf([
      { ...mark, selected: true },
      { ...mark, severity: 'critical', message: 'Shell command' },
    ]),
  ).toBe('SQL built by concatenation (+1)');
});

test('a sentence is cut only where enough of it is left, and else left out', () => {
  const long = { ...mark, message: 'A diagnostic that goes on for longer than the line has room for it' };
  expect(trailerOf([long], 58)).toBe('A diagnostic that goes on for longer…');
  expect(trailerOf([long], 50)).toBeUndefined();
});

test('what has shorter words for itself says the longest that fit, and never a part of them', () => {
  const finding = {
    ...mark,
    message: `${mark.message} · CWE-89 · high`,
    shorter: [mark.message, 'high · CWE-89', 'high'],
  };
  expect([80, 55, 40, 31, 27].map((columns) => trailerOf([finding], columns))).toEqual([
    'SQL built by concatenation · CWE-89 · high',
    'SQL built by concatenation',
    'high · CWE-89',
    'high',
    undefined,
  ]);
});

test('a mark outside the text draws nothing', () => {
  expect(decorationsOf([{ ...mark, line: 9 }], text)).toEqual([]);
});
