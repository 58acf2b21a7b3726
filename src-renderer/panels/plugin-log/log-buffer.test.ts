import type { LogEntry } from '@shared/contracts';
import { expect, it } from 'vitest';
import { appendLog, clearedLog, EMPTY_LOG } from './log-buffer';

const entry = (seq: number): LogEntry => ({ seq, time: 0, level: 'info', message: `line ${seq}` });
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

it('an entry that two reads brought is there once', () => {
  const log = appendLog(appendLog(EMPTY_LOG, { entries: entries(1, 3), missed: 0 }), {
    entries: entries(2, 5),
    missed: 0,
  });
  expect(log.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  expect(log.lastSeq).toBe(5);
});

it('what the host let go and what the window lets go are counted together', () => {
  const log = appendLog(
    appendLog(EMPTY_LOG, { entries: entries(4, 6), missed: 3 }, 4),
    { entries: entries(7, 9), missed: 0 },
    4,
  );
  expect(log.entries.map(({ seq }) => seq)).toEqual([6, 7, 8, 9]);
  expect(log.missed).toBe(5);
});

it('a cleared log goes on where it was', () => {
  const log = clearedLog(appendLog(EMPTY_LOG, { entries: entries(1, 3), missed: 2 }));
  expect(log).toEqual({ entries: [], missed: 0, lastSeq: 3 });
  expect(appendLog(log, { entries: entries(3, 4), missed: 0 }).entries.map(({ seq }) => seq)).toEqual([4]);
});
