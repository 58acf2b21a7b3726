import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPluginBuilder } from '../build/plugin-builder';
import { createEventBus } from '../bus/event-bus';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { createSupervisor } from '../runtime/supervisor';
import { accessWithout } from './access.fixture';
import { createFolderClaims } from './folder-claims';
import { createOpenPlugins } from './open-plugins';
import { openPluginSession } from './plugin-session';
import { openSettings } from './settings';

const built = resolve(import.meta.dirname, '../../out/test');
const base = temporaryFolder();

/** Plugins that are open, with everything real behind them and a plugin folder that may be opened. */
async function openNothing(hold: (work: Promise<number | undefined>) => Promise<number | undefined> = (work) => work) {
  const folder = join(base.path, 'plugin');
  const dataFolder = join(base.path, 'data');
  await mkdir(folder);
  await writeFile(join(folder, 'plugin.json'), '{}');
  await mkdir(dataFolder);
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(built, 'mcp-plugin-sdk.mjs') });
  const runnerFile = join(built, 'runner-javascript.js');
  const supervisor = createSupervisor({ bus, runnerFile, tempFolder: join(base.path, 'temp') });
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const settings = await openSettings(dataFolder);
  const claims = createFolderClaims(dataFolder, onError);
  const otherStudio = (folder: string) => hold(claims.otherStudio(folder));
  const sessions: string[] = [];
  let begin = () => {};
  const begun = new Promise<void>((done) => {
    begin = done;
  });
  const plugins = createOpenPlugins({
    settings,
    claims: { ...claims, otherStudio },
    onError,
    remembers: true,
    async beforeClose(closing) {
      sessions.push(plugins.find(closing) === undefined ? 'ending' : 'ending while open');
    },
    async openSession(opened) {
      sessions.push('opening');
      begin();
      const capabilities = await accessWithout(opened);
      const session = await openPluginSession({
        folder: opened,
        builder,
        supervisor,
        bus,
        environment: {},
        capabilities,
        onError,
      });
      sessions.push('open');
      return {
        ...session,
        async close() {
          await session.close();
          sessions.push('closed');
        },
      };
    },
  });
  onTestFinished(async () => {
    await plugins.closeAll();
    claims.close();
    await supervisor.close();
    await builder.close();
    await bus.close();
  });
  const claimed = () => readdir(join(dataFolder, 'open'));
  return { folder, dataFolder, plugins, settings, errors, sessions, begun, claimed };
}

test('what two ask for at once is opened once, also through a link', async () => {
  const { folder, plugins, sessions, claimed } = await openNothing();
  await symlink(folder, join(base.path, 'link'));
  const [one, two] = await Promise.all([plugins.open(folder), plugins.open(join(base.path, 'link'))]);
  expect(one).toEqual(two);
  expect(sessions).toEqual(['opening', 'open']);
  expect(await claimed()).toHaveLength(1);
});

test('a folder that is closed while it is being opened is closed then', async () => {
  const { folder, plugins, settings, sessions, claimed } = await openNothing();
  const opening = plugins.open(folder);
  const closing = plugins.close(folder);
  expect(await opening).toMatchObject({ folder });
  await closing;
  expect(sessions).toEqual(['opening', 'open', 'ending', 'closed']);
  expect(plugins.sessions()).toEqual([]);
  expect(settings.read().openFolders).toEqual([]);
  expect(await claimed()).toEqual([]);
});

test('a folder that is opened while it is being closed is open then', async () => {
  const { folder, plugins, settings, sessions, claimed } = await openNothing();
  await plugins.open(folder);
  const closing = plugins.close(folder);
  const opening = plugins.open(folder);
  await Promise.all([closing, opening]);
  expect(sessions).toEqual(['opening', 'open', 'ending', 'closed', 'opening', 'open']);
  expect(plugins.session(folder).folder).toBe(folder);
  expect(settings.read().openFolders).toEqual([folder]);
  expect(await claimed()).toHaveLength(1);
});

test('settings that cannot be written keep no plugin from opening and closing, and are told', async () => {
  const { folder, dataFolder, plugins, errors } = await openNothing();
  await mkdir(join(dataFolder, 'settings.json'));
  expect(await plugins.open(folder)).toMatchObject({ folder });
  expect(errors).toEqual([expect.objectContaining({ code: 'studio/not-remembered' })]);
  await plugins.close(folder);
  expect(errors).toHaveLength(2);
  expect(plugins.sessions()).toEqual([]);
});

test('a folder that cannot be claimed is open all the same, and that is told', async () => {
  const { folder, dataFolder, plugins, errors } = await openNothing();
  await rm(join(dataFolder, 'open'), { recursive: true });
  expect(await plugins.open(folder)).toMatchObject({ folder });
  expect(errors).toContainEqual(expect.objectContaining({ code: 'ENOENT' }));
  expect(plugins.sessions()).toHaveLength(1);
});

test('closing everything closes what is still being opened, and opens nothing more', async () => {
  const { folder, plugins, sessions, begun } = await openNothing();
  const opening = plugins.open(folder);
  await begun;
  const closing = plugins.closeAll();
  await expect(plugins.open(folder)).rejects.toMatchObject({ code: 'studio/closing' });
  await closing;
  expect(await opening).toMatchObject({ folder });
  expect(sessions).toEqual(['opening', 'open', 'ending', 'closed']);
  expect(plugins.sessions()).toEqual([]);
});

test('what is no plugin is refused, and does not hold up the next one', async () => {
  const { folder, plugins } = await openNothing();
  const refused = plugins.open(base.path);
  const opening = plugins.open(folder);
  await expect(refused).rejects.toMatchObject({ code: 'workspace/not-a-plugin' });
  expect(await opening).toMatchObject({ folder });
});

test('a list that took longer than a newer one is not told after it', async () => {
  let release = () => {};
  const gate = new Promise<void>((done) => {
    release = done;
  });
  let hasRead = () => {};
  const read = new Promise<void>((done) => {
    hasRead = done;
  });
  let calls = 0;
  const { folder, plugins } = await openNothing(async (work) => {
    const isFirst = calls++ === 0;
    const found = await work;
    if (!isFirst) return found;
    hasRead();
    await gate;
    return found;
  });
  const lists: string[][] = [];
  const none = new Promise<void>((done) => {
    plugins.onDidChange.on((list) => {
      lists.push(list.map((plugin) => plugin.folder));
      if (list.length === 0) done();
    });
  });
  await plugins.open(folder);
  await plugins.close(folder);
  await Promise.all([none, read]);
  release();
  // What is left to do for the old list is done before this.
  await new Promise((done) => setImmediate(done));
  expect(lists.at(-1)).toEqual([]);
});
