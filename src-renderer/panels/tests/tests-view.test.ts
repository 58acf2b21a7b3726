import { type TestsState, testsService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createScriptedHost } from '../../stores/scripted-host.fixture';
import { createTestsView } from './tests-view';

const state = (folder: string, watching = false): TestsState => ({
  folder,
  activity: 'idle',
  watching,
  files: [],
  tests: [],
});

test('a plugin that was closed keeps none of the others from being read again', async () => {
  const host = createScriptedHost(testsService);
  const reported: unknown[] = [];
  const view = createTestsView(host.client, (error) => reported.push(error));
  for (const folder of ['/closed', '/open']) {
    const opened = view.open(folder);
    (await host.question(testsService, 'read')).answer(state(folder));
    await opened;
  }
  const read = new Promise<void>((resolve) => {
    view.subscribe(({ states }) => states['/open']?.watching && states['/closed'] === undefined && resolve());
  });
  host.connect();
  (await host.question(testsService, 'read')).refuse(new StudioError('workspace/not-open', 'It was closed.'));
  (await host.question(testsService, 'read')).answer(state('/open', true));
  await read;
  expect([Object.keys(view.getState().states), reported]).toEqual([['/open'], []]);
});
