import { expect, it } from 'vitest';
import { filterLog, type LogMessage, linesOf, logText, timeOfDay } from './log-lines';

const message = (seq: number, level: LogMessage['level'], text: string): LogMessage => ({
  seq,
  time: Date.UTC(2026, 10, 22, 14, 2, 11, 84),
  level,
  message: text,
});
const log = [message(1, 'debug', 'Looked'), message(2, 'info', 'found 3'), message(3, 'error', 'Broke\n    at f\n')];

it('a level lets itself and what is worse through, and text is found whatever the case', () => {
  expect(filterLog(log, { level: 'info', text: '' }).map(({ seq }) => seq)).toEqual([2, 3]);
  expect(filterLog(log, { level: 'debug', text: ' LOOK' }).map(({ seq }) => seq)).toEqual([1]);
  expect(filterLog(log, { level: 'debug', text: ' ' })).toBe(log);
});

it('a message of several lines takes several rows, of which the first says when and how bad', () => {
  const lines = linesOf(log.slice(2));
  expect(lines.map(({ text }) => text)).toEqual(['Broke', '    at f']);
  expect(lines.map(({ head }) => head?.level)).toEqual(['error', undefined]);
  expect(lines.every(({ level }) => level === 'error')).toBe(true);
});

it('copied text has the time in UTC', () => {
  expect(logText(log.slice(1, 2))).toBe('2026-11-22T14:02:11.084Z info found 3\n');
});

it('the time of day has milliseconds; what is no time is empty', () => {
  expect(timeOfDay(new Date(2026, 0, 1, 4, 5, 6, 7))).toBe('04:05:06.007');
  expect(timeOfDay(new Date('nonsense'))).toBe('');
});
