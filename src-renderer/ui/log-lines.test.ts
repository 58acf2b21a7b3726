import { expect, it } from 'vitest';
import { fieldsText, firstLine, type LogMessage, logJson, logText, timeOfDay } from './log-lines';

const message: LogMessage = {
  key: '1',
  time: Date.UTC(2026, 10, 22, 14, 2, 11, 84),
  level: 'info',
  message: 'looked\n    at f\n',
  fields: { files: 3, note: 'two words' },
  plugin: 'static-analyzer',
  run: { id: 'b2e0', name: 'a.py' },
};

it('a message of several lines is shown by its first, with how many more there are', () => {
  expect(firstLine(message.message)).toEqual({ text: 'looked', more: 1 });
  expect(firstLine('looked')).toEqual({ text: 'looked', more: 0 });
});

it('fields stand in a line, quoted where they would run together', () => {
  expect(fieldsText({ files: 3, kind: 'py', of: { a: 1 }, note: 'two words' })).toBe(
    'files=3 kind=py of={"a":1} note="two words"',
  );
  expect(fieldsText(undefined)).toBe('');
});

it('copied text has the time in UTC, whose it is and the fields', () => {
  expect(logText([message])).toBe(
    '2026-11-22T14:02:11.084Z info [static-analyzer] looked\n    at f files=3 note="two words"\n',
  );
  const { key, time, level } = message;
  expect(logText([{ key, time, level, message: 'x' }])).toBe('2026-11-22T14:02:11.084Z info x\n');
});

it('copied as JSON each message is an object on a line of its own', () => {
  expect(
    logJson([message, message])
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    [1, 2].map(() => ({
      time: '2026-11-22T14:02:11.084Z',
      level: 'info',
      plugin: 'static-analyzer',
      run: 'b2e0',
      message: 'looked\n    at f\n',
      fields: { files: 3, note: 'two words' },
    })),
  );
});

it('the time of day has milliseconds; what is no time is empty', () => {
  expect(timeOfDay(new Date(2026, 0, 1, 4, 5, 6, 7))).toBe('04:05:06.007');
  expect(timeOfDay(new Date('nonsense'))).toBe('');
});
