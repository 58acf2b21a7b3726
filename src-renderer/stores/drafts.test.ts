import { expect, test } from 'vitest';
import { createDrafts, type Draft, type DraftTarget, MOST_CHARACTERS } from './drafts';
import { memoryStorage } from './memory-storage.fixture';

const FILE: DraftTarget = { kind: 'file', folder: '/plugin', path: 'src/a.ts' };
const CONFIGURATION: DraftTarget = { kind: 'configuration', folder: '/plugin' };

const draft = (text: string, version: string | null = 'v1'): Draft => ({ text, version });

test('what was kept is there for the next window, and gone once it is dropped', () => {
  const storage = memoryStorage();
  const first = createDrafts(storage);
  first.touch(FILE, () => draft('mine'));
  first.touch(CONFIGURATION, () => draft('a: 1\n', null));
  first.flush();
  const second = createDrafts(storage);
  expect([second.read(FILE), second.read(CONFIGURATION)]).toEqual([draft('mine'), draft('a: 1\n', null)]);
  expect(second.list('/plugin')).toEqual([FILE, CONFIGURATION]);
  expect(second.list('/other')).toEqual([]);
  second.drop(FILE);
  expect(createDrafts(storage).list('/plugin')).toEqual([CONFIGURATION]);
});

test('only the last of many changes is written, and reading waits for none', () => {
  const storage = memoryStorage();
  const drafts = createDrafts(storage);
  for (const text of ['m', 'mi', 'mine']) drafts.touch(FILE, () => draft(text));
  expect(storage.entries.size).toBe(0);
  expect(drafts.read(FILE)).toEqual(draft('mine'));
  drafts.touch(FILE, () => undefined);
  drafts.flush();
  expect(storage.entries.size).toBe(0);
});

test('a change that waits is not written any more once its draft is dropped', () => {
  const storage = memoryStorage();
  const drafts = createDrafts(storage);
  drafts.touch(FILE, () => draft('mine'));
  drafts.drop(FILE);
  drafts.flush();
  expect(storage.entries.size).toBe(0);
});

test('together they stay within their room, and a text that has outgrown it leaves no older one behind', () => {
  const storage = memoryStorage();
  const drafts = createDrafts(storage);
  drafts.touch(FILE, () => draft('x'.repeat(MOST_CHARACTERS / 2)));
  drafts.touch(CONFIGURATION, () => draft('small'));
  drafts.flush();
  drafts.touch(CONFIGURATION, () => draft('y'.repeat(MOST_CHARACTERS / 2)));
  drafts.flush();
  expect(drafts.list('/plugin')).toEqual([FILE]);
  const length = [...storage.entries.values()].reduce((sum, value) => sum + value.length, 0);
  expect(length).toBeLessThanOrEqual(MOST_CHARACTERS);
});

test('what the browser has no room for is not kept', () => {
  const drafts = createDrafts(memoryStorage(1000));
  drafts.touch(FILE, () => draft('short'));
  drafts.flush();
  drafts.touch(FILE, () => draft('x'.repeat(1001)));
  drafts.flush();
  expect(drafts.read(FILE)).toBeUndefined();
});

test('without a storage nothing is kept and nothing fails', () => {
  const drafts = createDrafts(undefined);
  drafts.touch(FILE, () => draft('mine'));
  drafts.flush();
  expect([drafts.read(FILE), drafts.list('/plugin')]).toEqual([undefined, []]);
});

test('entries of somebody else stay, those that cannot be read or are a month old go', () => {
  const storage = memoryStorage();
  storage.setItem('theirs', 'x');
  storage.setItem('studio-draft\nfile\n/plugin\nbroken.ts', '{"text": 1}');
  const old = createDrafts(storage, () => 0);
  old.touch(FILE, () => draft('old'));
  old.flush();
  expect(createDrafts(storage, () => 29 * 86_400_000).read(FILE)).toEqual(draft('old'));
  expect(createDrafts(storage, () => 31 * 86_400_000).list('/plugin')).toEqual([]);
  expect([...storage.entries.keys()]).toEqual(['theirs']);
});
