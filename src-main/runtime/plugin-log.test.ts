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
    log.append('error', 'next', { runId: 'run-1' });
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

  it('keeps what came with a message as data', () => {
    const log = fill(0);
    log.append('info', 'looked', { fields: { files: 3, of: { kind: 'py' } }, runId: 'run-1' });
    expect(log.read(0, 1).entries).toMatchObject([
      { message: 'looked', fields: { files: 3, of: { kind: 'py' } }, runId: 'run-1' },
    ]);
  });

  it('leaves out fields that are too large, and says so', () => {
    const log = fill(0);
    log.append('info', 'looked', { fields: { text: 'x'.repeat(20_000) } });
    expect(log.read(0, 1).entries[0]).not.toHaveProperty('fields');
    expect(messagesOf(log.read(0, 1))).toEqual(['looked (fields of 20,011 characters were left out)']);
  });

  it('lets its oldest go when all of it together is too large, counts them, and reads fewer where they are long', () => {
    const log = createPluginLog({ capacity: 100, text: 1000, messageLength: 500 });
    for (let i = 0; i < 10; i++) log.append('info', `${i}`, { fields: { text: 'x'.repeat(200) } });
    const { entries, missed } = log.read(0, 100);
    expect(entries.map(({ message }) => message)).toEqual(['7', '8', '9']);
    expect(missed).toBe(7);
    expect(messagesOf(log.read(0, 100, 600))).toEqual(['7', '8']);
    expect(messagesOf(log.read(0, 100, 1))).toEqual(['7']);
    log.append('info', 'y'.repeat(400));
    expect(log.read(0, 100).entries.at(-1)?.message).toHaveLength(400);
  });
});
