import { type ConfigState, configService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createConfigurationsStore, textOf, theirsOf } from './configurations';
import { createDrafts } from './drafts';
import { memoryStorage } from './memory-storage.fixture';
import { createScriptedHost } from './scripted-host.fixture';

const FOLDER = '/plugin';

const state = (text: string, version: string | null, generation = 1): ConfigState => ({
  folder: FOLDER,
  generation,
  defaults: {},
  stored: {},
  environment: [],
  effective: {},
  file: { path: 'config/plugin.yaml', exists: version !== null, text, version },
  problems: [],
  warnings: [],
  secrets: [],
  applied: [],
});

async function following(text: string, version: string | null, storage = memoryStorage()) {
  const host = createScriptedHost(configService);
  const drafts = createDrafts(storage);
  const store = createConfigurationsStore(host.client, drafts, (error) => host.errors.push(error));
  const read = async (next: ConfigState) => (await host.question(configService, 'read')).answer(next);
  const followed = store.follow(FOLDER);
  await read(state(text, version));
  await followed;
  const current = () => store.getState().configurations[FOLDER]!;
  const next = () =>
    new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        stop();
        resolve();
      });
    });
  return { ...host, store, drafts, storage, read, current, next };
}

test('what is unsaved outlives whoever looked at it, and follows the disk only once it is given up', async () => {
  const { store, current, tell, next } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  const changed = next();
  tell(configService, 'didChange', state('a: 3\n', 'v2'));
  await changed;
  expect([textOf(current()), theirsOf(current()), store.isUnsaved(FOLDER)]).toEqual(['a: 2\n', 'a: 3\n', true]);
  store.revert(FOLDER);
  expect([textOf(current()), theirsOf(current()), store.isUnsaved(FOLDER)]).toEqual(['a: 3\n', undefined, false]);
});

test('typing back to what is on disk leaves nothing unsaved', async () => {
  const { store, drafts } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  store.setText(FOLDER, 'a: 1\n');
  drafts.flush();
  expect([store.isUnsaved(FOLDER), drafts.list(FOLDER)]).toEqual([false, []]);
});

test('saving what nobody touched asks the host for nothing', async () => {
  const { store, question } = await following('a: 1\n', null);
  expect(await store.save(FOLDER)).toBe(true);
  store.setText(FOLDER, 'a: 2\n');
  const saving = store.save(FOLDER);
  const asked = await question(configService, 'save');
  expect(asked.params).toMatchObject({ text: 'a: 2\n' });
  asked.answer({ accepted: true, problems: [], state: state('a: 2\n', 'v1') });
  expect(await saving).toBe(true);
});

test('saving sends the version that the text began from, and keeps what is typed meanwhile', async () => {
  const { store, current, question } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  const saving = store.save(FOLDER);
  const asked = await question(configService, 'save');
  expect(asked.params).toEqual({ folder: FOLDER, text: 'a: 2\n', expectedVersion: 'v1' });
  store.setText(FOLDER, 'a: 23\n');
  asked.answer({ accepted: true, problems: [], state: state('a: 2\n', 'v2', 2) });
  expect(await saving).toBe(true);
  expect(current()).toMatchObject({ draft: { text: 'a: 23\n', version: 'v2' }, saving: false });
});

test('a save while one is under way begins from what that one has written', async () => {
  const { store, question } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  const first = store.save(FOLDER);
  const asked = await question(configService, 'save');
  store.setText(FOLDER, 'a: 23\n');
  const second = store.save(FOLDER);
  asked.answer({ accepted: true, problems: [], state: state('a: 2\n', 'v2', 2) });
  const next = await question(configService, 'save');
  expect(next.params).toMatchObject({ text: 'a: 23\n', expectedVersion: 'v2' });
  next.answer({ accepted: true, problems: [], state: state('a: 23\n', 'v3', 3) });
  expect(await Promise.all([first, second])).toEqual([true, true]);
  expect(store.isUnsaved(FOLDER)).toBe(false);
});

test('a refused text stays unsaved with the reasons until it is changed', async () => {
  const { store, current, question } = await following('', null);
  store.setText(FOLDER, 'a: x\n');
  const saving = store.save(FOLDER);
  const problem = { layer: 'stored' as const, pointer: '/a', schemaPath: '/type', message: 'must be a number' };
  const asked = await question(configService, 'save');
  expect(asked.params).toMatchObject({ expectedVersion: null });
  asked.answer({ accepted: false, problems: [problem], state: state('', null) });
  expect(await saving).toBe(false);
  expect([store.isUnsaved(FOLDER), current().refused]).toEqual([true, [problem]]);
  store.setText(FOLDER, 'a: 1\n');
  expect(current().refused).toEqual([]);
});

test('a file that changed before the save is shown beside the text, and saved over only once that is chosen', async () => {
  const { store, current, question, read } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  const saving = store.save(FOLDER);
  (await question(configService, 'save')).refuse(new StudioError('workspace/changed-on-disk', 'It was changed.'));
  await read(state('a: 3\n', 'v2'));
  expect(await saving).toBe(false);
  expect([textOf(current()), theirsOf(current())]).toEqual(['a: 2\n', 'a: 3\n']);
  store.keepMine(FOLDER);
  expect(theirsOf(current())).toBeUndefined();
  const again = store.saveAll();
  const asked = await question(configService, 'save');
  expect(asked.params).toMatchObject({ text: 'a: 2\n', expectedVersion: 'v2' });
  asked.answer({ accepted: true, problems: [], state: state('a: 2\n', 'v3') });
  expect(await again).toBe(true);
});

test('the next window has the unsaved text again, and hears that the file has changed under it', async () => {
  const first = await following('a: 1\n', 'v1');
  first.store.setText(FOLDER, 'a: 2\n');
  first.drafts.flush();
  const same = await following('a: 1\n', 'v1', first.storage);
  expect([textOf(same.current()), theirsOf(same.current())]).toEqual(['a: 2\n', undefined]);
  const changed = await following('a: 3\n', 'v2', first.storage);
  expect([textOf(changed.current()), theirsOf(changed.current())]).toEqual(['a: 2\n', 'a: 3\n']);
  changed.store.revert(FOLDER);
  const after = await following('a: 3\n', 'v2', first.storage);
  expect(after.store.isUnsaved(FOLDER)).toBe(false);
});

test('a plugin that is left keeps its unsaved text for when it is opened again', async () => {
  const { store, read } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  store.leave(FOLDER);
  expect(store.isUnsaved(FOLDER)).toBe(false);
  const again = store.follow(FOLDER);
  await read(state('a: 1\n', 'v1'));
  await again;
  expect(store.isUnsaved(FOLDER)).toBe(true);
});

test('a save while the host is away says in plain words that nothing is saved, and keeps the text', async () => {
  const { store, disconnect, client, current } = await following('a: 1\n', 'v1');
  store.setText(FOLDER, 'a: 2\n');
  const lost = new Promise<void>((resolve) => {
    client.connection.onDidChangeState.on((next) => next === 'closed' && resolve());
  });
  disconnect();
  await lost;
  await expect(store.save(FOLDER)).rejects.toThrow('config/plugin.yaml is not saved: the window is not connected');
  expect([textOf(current()), store.isUnsaved(FOLDER), current().saving]).toEqual(['a: 2\n', true, false]);
});
