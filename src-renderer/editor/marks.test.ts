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

test('a sentence is shortened to the room there is, and left out where there is none', () => {
  expect(trailerOf([mark], 37)).toBe('SQL built b…');
  expect(trailerOf([mark], 30)).toBeUndefined();
});

test('a mark outside the text draws nothing', () => {
  expect(decorationsOf([{ ...mark, line: 9 }], text)).toEqual([]);
});
