import {
  buildService,
  type Diagnostic,
  type PluginStatus,
  type PluginSummary,
  pluginsService,
  problemsService,
  studioService,
  workspaceService,
} from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createPluginsStore } from './plugins';
import { createScriptedHost } from './scripted-host.fixture';

const plugin = (folder: string): PluginSummary => ({ folder, name: folder });
const status = (folder: string, state: PluginStatus['state']): PluginStatus => ({
  folder,
  state,
  isolation: 'ses',
  configGeneration: 0,
});
const diagnostic = (message: string): Diagnostic => ({
  file: 'plugin.json',
  severity: 'error',
  code: 'manifest/name',
  message,
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  source: 'manifest',
});

function start() {
  const host = createScriptedHost(workspaceService, pluginsService, problemsService, buildService, studioService);
  const reported: unknown[] = [];
  const store = createPluginsStore(host.client, (error) => reported.push(error));
  return {
    ...host,
    store,
    reported,
    state: store.getState,
    list: () => host.question(workspaceService, 'listPlugins'),
    statuses: () => host.question(pluginsService, 'listStatus'),
    problems: () => host.question(problemsService, 'list'),
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

/** With these plugins open, all of them running and without problems. */
async function started(...folders: string[]) {
  const studio = start();
  (await studio.list()).answer(folders.map(plugin));
  (await studio.statuses()).answer(folders.map((folder) => status(folder, 'running')));
  for (const folder of folders) (await studio.problems()).answer({ folder, diagnostics: [] });
  await studio.until(() => Object.keys(studio.state().diagnostics).length === folders.length);
  return studio;
}

test('a status that came while everything was being read again stays', async () => {
  const { store, state, list, statuses, problems, tell, until } = await started('/a', '/b');
  const reading = store.refresh();
  const asked = await statuses();
  tell(pluginsService, 'didChangeStatus', status('/a', 'stopped'));
  await until(() => state().statuses['/a']?.state === 'stopped');
  asked.answer([status('/a', 'running'), status('/b', 'ready')]);
  (await list()).answer([plugin('/a'), plugin('/b')]);
  for (const folder of ['/a', '/b']) (await problems()).answer({ folder, diagnostics: [] });
  await reading;
  expect([state().statuses['/a']?.state, state().statuses['/b']?.state]).toEqual(['stopped', 'ready']);
});

test('a status from before the reading gives way to the answer', async () => {
  const { store, state, list, statuses, problems, tell, until } = await started('/a');
  tell(pluginsService, 'didChangeStatus', status('/a', 'stopped'));
  await until(() => state().statuses['/a']?.state === 'stopped');
  const reading = store.refresh();
  (await statuses()).answer([status('/a', 'running')]);
  (await list()).answer([plugin('/a')]);
  (await problems()).answer({ folder: '/a', diagnostics: [] });
  await reading;
  expect(state().statuses['/a']?.state).toBe('running');
});

test('problems that came while they were being read stay', async () => {
  const { store, state, list, statuses, problems, tell, until } = await started('/a');
  const reading = store.refresh();
  (await statuses()).answer([]);
  (await list()).answer([plugin('/a')]);
  const asked = await problems();
  tell(problemsService, 'didChange', { folder: '/a', diagnostics: [diagnostic('newer')] });
  await until(() => state().diagnostics['/a']?.length === 1);
  asked.answer({ folder: '/a', diagnostics: [] });
  await reading;
  expect(state().diagnostics['/a']).toEqual([diagnostic('newer')]);
});

test('a plugin that was closed while everything was being read again stays closed', async () => {
  const { store, state, list, statuses, problems, tell, until } = await started('/a', '/b');
  const reading = store.refresh();
  const asked = await list();
  tell(workspaceService, 'didChangePlugins', [plugin('/b')]);
  await until(() => state().plugins.length === 1);
  asked.answer([plugin('/a'), plugin('/b')]);
  (await statuses()).answer([status('/a', 'running'), status('/b', 'running')]);
  (await problems()).answer({ folder: '/b', diagnostics: [] });
  await reading;
  expect(state().plugins).toEqual([plugin('/b')]);
  expect(Object.keys(state().statuses)).toEqual(['/b']);
});

test('a closed plugin leaves nothing behind, also not what is told of it late', async () => {
  const { state, tell, until } = await started('/a', '/b');
  const build = { folder: '/a', ok: true, durationMs: 1, bytes: 1, diagnostics: [] };
  tell(problemsService, 'didChange', { folder: '/a', diagnostics: [diagnostic('broken')] });
  tell(buildService, 'didBuild', build);
  await until(() => state().builds['/a'] !== undefined);
  tell(workspaceService, 'didChangePlugins', [plugin('/b')]);
  tell(problemsService, 'didChange', { folder: '/a', diagnostics: [diagnostic('late')] });
  tell(pluginsService, 'didChangeStatus', status('/a', 'stopped'));
  tell(buildService, 'didBuild', build);
  tell(pluginsService, 'didChangeStatus', status('/b', 'stopped'));
  await until(() => state().statuses['/b']?.state === 'stopped');
  const { diagnostics, statuses, builds } = state();
  expect([diagnostics, statuses, builds].map(Object.keys)).toEqual([['/b'], ['/b'], []]);
});

test('a plugin that another window opened is read as it stands', async () => {
  const { state, statuses, problems, tell, until } = await started('/a');
  tell(workspaceService, 'didChangePlugins', [plugin('/a'), plugin('/b')]);
  (await problems()).answer({ folder: '/b', diagnostics: [diagnostic('of b')] });
  (await statuses()).answer([status('/a', 'error'), status('/b', 'ready')]);
  await until(() => state().statuses['/b'] !== undefined && state().diagnostics['/b'] !== undefined);
  expect(state().diagnostics['/b']).toEqual([diagnostic('of b')]);
});

test('a plugin that is closed before its problems were read is no failure', async () => {
  const { state, reported, statuses, problems, tell, until } = await started('/a');
  tell(workspaceService, 'didChangePlugins', [plugin('/a'), plugin('/b')]);
  const asked = await problems();
  tell(workspaceService, 'didChangePlugins', [plugin('/a')]);
  await until(() => state().plugins.length === 1);
  asked.refuse(new StudioError('workspace/not-open', '/b is not open.'));
  (await statuses()).answer([]);
  tell(pluginsService, 'didChangeStatus', status('/a', 'stopped'));
  await until(() => state().statuses['/a']?.state === 'stopped');
  expect(reported).toEqual([]);
  expect(Object.keys(state().diagnostics)).toEqual(['/a']);
});
