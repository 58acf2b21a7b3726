import { describe, expect, it } from 'vitest';
import { createPluginLog } from './plugin-log';

const fill = (count: number, capacity = 10) => {
  const log = createPluginLog({ capacity, text: 1000, messageLength: 100 });
  for (let i = 1; i <= count; i++) log.append('info', `message ${i}`);
  return log;
};
const messagesOf = ({ entries }: { entries: { message: string }[] }) => entries.map(({ message }) => message);

describe('the log', () => {
  it('keeps the latest entries and tells a slow reader how many it missed', () => {
    const log = fill(25);
    expect(log.lastSeq).toBe(25);
    const read = log.read(5, 3);
    expect(messagesOf(read)).toEqual(['message 16', 'message 17', 'message 18']);
    expect(read.missed).toBe(10);
    expect(log.read(22, 10)).toMatchObject({ missed: 0, entries: [{ seq: 23 }, { seq: 24 }, { seq: 25 }] });
    expect(log.read(25, 10)).toEqual({ missed: 0, entries: [] });
  });

  it('goes on counting after it was cleared', () => {
    const log = fill(3);
    log.clear();
    expect(log.read(0, 10)).toEqual({ entries: [], missed: 0 });
    log.append('error', 'next', 'run-1');
    expect(log.read(3, 10)).toMatchObject({ missed: 0, entries: [{ seq: 4, level: 'error', runId: 'run-1' }] });
  });

  it('does not count what was cleared as missed', () => {
    const log = fill(25);
    log.clear();
    for (let i = 1; i <= 13; i++) log.append('info', `after ${i}`);
    const read = log.read(20, 1);
    expect(messagesOf(read)).toEqual(['after 4']);
    expect(read.missed).toBe(3);
  });

  it('cuts long messages and announces each entry', () => {
    const log = fill(0);
    const heard: number[] = [];
    log.onDidAppend.on(({ seq }) => heard.push(seq));
    log.append('info', 'x'.repeat(150));
    expect(messagesOf(log.read(0, 1))[0]).toMatch(/^x+… \(98 more characters\)$/);
    expect(heard).toEqual([1]);
  });

  it('keeps less where entries are long, and reads fewer of them at once', () => {
    const log = fill(0);
    log.append('info', 'short');
    for (let i = 0; i < 9; i++) log.append('info', `${i}`.repeat(100));
    log.append('info', 'z'.repeat(100));
    log.append('info', 'z'.repeat(100));
    const all = log.read(0, 10);
    expect(all.missed + all.entries.length).toBe(12);
    expect(all.entries.reduce((sum, { message }) => sum + message.length, 0)).toBe(1000);
    const few = log.read(0, 10, 250);
    expect(few.entries.map(({ seq }) => seq)).toEqual(all.entries.slice(0, 2).map(({ seq }) => seq));
    expect(log.read(0, 10, 1).entries).toHaveLength(1);
  });
});
