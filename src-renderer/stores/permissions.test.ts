import { type PermissionQuestion, type PermissionState, permissionsService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createPermissionsStore } from './permissions';
import { createScriptedHost } from './scripted-host.fixture';

const question = (questionId: string, askedAt = 1): PermissionQuestion => ({
  questionId,
  folder: '/a',
  pluginId: 'a',
  permission: 'network_access',
  host: `${questionId}.example.com`,
  what: `GET https://${questionId}.example.com/`,
  declared: true,
  askedAt,
});

const state = (folder: string, recording = false): PermissionState => ({
  folder,
  permissions: [],
  hosts: [],
  uses: [],
  usesOmitted: 0,
  recording,
});

function start() {
  const host = createScriptedHost(permissionsService);
  const reported: unknown[] = [];
  const store = createPermissionsStore(host.client, (error) => reported.push(error));
  return {
    ...host,
    store,
    reported,
    waiting: () => store.getState().questions.map(({ questionId }) => questionId),
    listed: () => host.question(permissionsService, 'listQuestions'),
    until: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const stop = store.subscribe(() => judge());
        const judge = () => {
          if (!holds()) return;
          stop();
          resolve();
        };
        judge();
      }),
  };
}

test('questions that wait already are there when the window opens, the oldest first', async () => {
  const { listed, until, waiting } = start();
  (await listed()).answer([question('young', 2), question('old', 1)]);
  await until(() => waiting().length === 2);
  expect(waiting()).toEqual(['old', 'young']);
});

test('what is asked and settled while the list is on its way counts more than the list', async () => {
  const { listed, tell, until, waiting } = start();
  const list = await listed();
  tell(permissionsService, 'didAsk', question('new', 3));
  tell(permissionsService, 'didSettle', { questionId: 'old' });
  await until(() => waiting().length === 1);
  list.answer([question('old', 1), question('other', 2)]);
  await until(() => waiting().length === 2);
  expect(waiting()).toEqual(['other', 'new']);
});

test('a question is gone as soon as somebody has settled it', async () => {
  const { listed, tell, until, waiting } = start();
  (await listed()).answer([question('one'), question('two', 2)]);
  await until(() => waiting().length === 2);
  tell(permissionsService, 'didSettle', { questionId: 'one' });
  await until(() => waiting().length === 1);
  expect(waiting()).toEqual(['two']);
});

test('an answer that comes too late takes the question away without a complaint', async () => {
  const { store, listed, question: asked, until, waiting } = start();
  (await listed()).answer([question('one')]);
  await until(() => waiting().length === 1);
  const answered = store.answer('one', 'once');
  const call = await asked(permissionsService, 'answer');
  expect(call.params).toEqual({ questionId: 'one', decision: 'once' });
  expect(store.getState().answering).toBe('one');
  call.refuse(new StudioError('permissions/no-question', 'Settled.'));
  await answered;
  expect(waiting()).toEqual([]);
  expect(store.getState().answering).toBeUndefined();
});

test('an answer that fails keeps the question, so that it can be given again', async () => {
  const { store, listed, question: asked, until, waiting } = start();
  (await listed()).answer([question('one')]);
  await until(() => waiting().length === 1);
  const answered = store.answer('one', 'always');
  (await asked(permissionsService, 'answer')).refuse(new StudioError('files/full', 'The disk is full.'));
  await expect(answered).rejects.toThrow('The disk is full.');
  expect(waiting()).toEqual(['one']);
  expect(store.getState().answering).toBeUndefined();
});

test('news of a plugin that came while it was read stays', async () => {
  const { store, question: asked, tell, until } = start();
  const following = store.follow('/a');
  const reading = await asked(permissionsService, 'read');
  tell(permissionsService, 'didChange', state('/a', true));
  await until(() => store.getState().states['/a'] !== undefined);
  reading.answer(state('/a', false));
  await following;
  expect(store.getState().states['/a']?.recording).toBe(true);
});

test('nothing is kept of a plugin that is not followed, or not any more', async () => {
  const { store, listed, question: asked, tell, until, waiting } = start();
  (await listed()).answer([question('one')]);
  const following = store.follow('/a');
  (await asked(permissionsService, 'read')).answer(state('/a'));
  await following;
  await until(() => waiting().length === 1);
  store.leave('/a');
  expect(store.getState()).toMatchObject({ states: {}, questions: [] });
  tell(permissionsService, 'didChange', state('/a'));
  tell(permissionsService, 'didAsk', question('last'));
  await until(() => waiting().length === 1);
  expect(store.getState().states).toEqual({});
});
