import type { LogEntry } from '@shared/contracts';
import { expect, it } from 'vitest';
import { cleared, EMPTY_COLLECTION, type LogCollection, missedInAll, takeRead, withoutFolder } from './log-collection';

const names = { plugin: (folder: string) => folder.slice(1), run: (id: string) => `sample of ${id}` };
const entry = (seq: number, time = seq): LogEntry => ({ seq, time, level: 'info', message: `line ${seq}` });
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
const seqs = ({ messages }: LogCollection) => messages.map(({ seq }) => seq);
const FEW = { messages: 4, characters: 1_000_000 };

it('an entry that two reads brought is there once', () => {
  const first = takeRead(EMPTY_COLLECTION, { folder: '/a', entries: entries(1, 3), missed: 0 }, names);
  const log = takeRead(first, { folder: '/a', entries: entries(2, 5), missed: 0 }, names);
  expect(seqs(log)).toEqual([1, 2, 3, 4, 5]);
  expect(log.lastSeqs['/a']).toBe(5);
});

it('what several plugins logged stands in the order of its time, with the name of each', () => {
  const first = takeRead(EMPTY_COLLECTION, { folder: '/a', entries: [entry(1, 10), entry(2, 30)], missed: 0 }, names);
  const other = { ...entry(1, 20), runId: 'r1', fields: { files: 3 } };
  const log = takeRead(first, { folder: '/b', entries: [other], missed: 0 }, names);
  expect(log.messages.map(({ plugin, time }) => `${plugin} ${time}`)).toEqual(['a 10', 'b 20', 'a 30']);
  expect(log.messages[1]).toMatchObject({ run: { id: 'r1', name: 'sample of r1' }, fields: { files: 3 } });
});

it('what the host let go and what the window lets go are counted together', () => {
  const first = takeRead(EMPTY_COLLECTION, { folder: '/a', entries: entries(4, 6), missed: 3 }, names, FEW);
  const log = takeRead(first, { folder: '/a', entries: entries(7, 9), missed: 0 }, names, FEW);
  expect(seqs(log)).toEqual([6, 7, 8, 9]);
  expect(missedInAll(log)).toBe(5);
});

it('long messages let older ones go sooner', () => {
  const long = entries(1, 5).map((each) => ({ ...each, message: 'x'.repeat(1000) }));
  const log = takeRead(EMPTY_COLLECTION, { folder: '/a', entries: long, missed: 0 }, names, {
    messages: 100,
    characters: 2500,
  });
  expect(seqs(log)).toEqual([4, 5]);
  expect(missedInAll(log)).toBe(3);
});

it('a cleared log goes on where it was, and one of a plugin that was closed begins anew', () => {
  const first = takeRead(EMPTY_COLLECTION, { folder: '/a', entries: entries(1, 3), missed: 2 }, names);
  const log = cleared(first);
  expect(log).toEqual({ messages: [], missed: {}, lastSeqs: { '/a': 3 } });
  expect(seqs(takeRead(log, { folder: '/a', entries: entries(3, 4), missed: 0 }, names))).toEqual([4]);
  expect(withoutFolder(first, '/a')).toEqual(EMPTY_COLLECTION);
});
