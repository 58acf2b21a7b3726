import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange, PluginStatus } from '@shared/contracts';
import type { Listenable } from '@shared/rpc';
import { expect, test } from 'vitest';
import { manifest, once, openSample } from './plugin-session.fixture';

const where = <Value>(event: Listenable<Value>, fits: (value: Value) => boolean) =>
  new Promise<Value>((done) => {
    const stop = event.on((value) => {
      if (!fits(value)) return;
      stop();
      done(value);
    });
  });

const isGone = ({ error }: PluginStatus) => error?.code === 'workspace/folder-gone';
const configured = {
  ...manifest,
  config_schema: { type: 'object', properties: { level: { type: 'string' } } },
  default_config: { level: 'low' },
};

/** The plugin with a stored configuration and a sample, and what was told of its files since. */
async function openStored() {
  const opened = await openSample('');
  const { session, folder, write } = opened;
  const read = once(session.onDidChangeSummary);
  await write('plugin.json', JSON.stringify(configured));
  await read;
  await session.config.save('level: high\n');
  const sampleSeen = where(session.onDidChangeFiles, (changes) => changes.some(({ path }) => path === 'samples/a.py'));
  await mkdir(join(folder, 'samples'));
  await write('samples/a.py', 'pass');
  await sampleSeen;
  const told: FileChange[] = [];
  session.onDidChangeFiles.on((changes) => void told.push(...changes));
  const back = () =>
    where(session.onDidChangeFiles, (changes) => changes.some(({ path, kind }) => path === '' && kind === 'changed'));
  return { ...opened, told, back, elsewhere: `${folder}-elsewhere` };
}

test('a folder that is moved away says so and keeps everything, and is whole when it is back', async () => {
  const { session, folder, elsewhere, told, back } = await openStored();
  const { pid } = await session.start();
  const before = await session.config.state();

  const gone = where(session.onDidChangeStatus, isGone);
  await rename(folder, elsewhere);
  expect(await gone).toMatchObject({
    state: 'ready',
    error: { message: expect.stringContaining(`${folder} is gone`) },
  });
  expect(session.diagnostics()).toMatchObject([{ source: 'manifest', code: 'workspace/folder-gone' }]);
  expect(session.summary()).toMatchObject({ name: 'sample', version: '1.0.0' });
  await expect(session.use()).rejects.toMatchObject({ code: 'workspace/folder-gone' });
  await expect(session.config.save('level: low\n')).rejects.toMatchObject({ code: 'workspace/folder-gone' });
  await session.config.refresh();
  expect(await session.config.state()).toMatchObject({ generation: before.generation, effective: { level: 'high' } });
  expect(told).toEqual([]);

  const isBack = back();
  await rename(elsewhere, folder);
  await isBack;
  expect(session.status()).toMatchObject({ state: 'ready', pid });
  expect(session.status()).not.toHaveProperty('error');
  expect(session.diagnostics()).toEqual([]);
  expect(await session.config.state()).toMatchObject({
    generation: before.generation,
    problems: [],
    stored: { level: 'high' },
  });
  expect(told.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['plugin.json', 'src/sample.ts', 'samples/a.py', 'config/sample.yaml']),
  );
  expect(await session.build()).toMatchObject({ ok: true });
});

test('what changes after it is back is followed: its code, its manifest and its configuration', async () => {
  const { session, folder, elsewhere, write, back } = await openStored();
  const gone = where(session.onDidChangeStatus, isGone);
  await rename(folder, elsewhere);
  await gone;
  const isBack = back();
  await rename(elsewhere, folder);
  await isBack;

  const accepted = once(session.config.onDidAccept);
  await write('config/sample.yaml', 'level: medium\n');
  expect(await accepted).toMatchObject({ config: { level: 'medium' } });
  const built = once(session.onDidBuild);
  await write('src/sample.ts', 'export class Sample {');
  expect(await built).toMatchObject({ ok: false });
  const told = where(session.onDidChangeSummary, () => session.summary().version === '1.1.0');
  await write('plugin.json', JSON.stringify({ ...configured, version: '1.1.0' }));
  await told;
});

test('another folder of its name, put there at once or after the first was removed, is read as it is', async () => {
  const { session, folder, elsewhere, back, told } = await openStored();
  await cp(folder, elsewhere, { recursive: true });
  await writeFile(join(elsewhere, 'plugin.json'), JSON.stringify({ ...configured, version: '2.0.0' }));
  await writeFile(join(elsewhere, 'src/added.ts'), '');

  let isBack = back();
  await rename(folder, `${folder}-old`);
  await rename(elsewhere, folder);
  await isBack;
  expect(session.summary().version).toBe('2.0.0');
  expect(told.map(({ path }) => path)).toContain('src/added.ts');

  const { generation } = await session.config.state();
  isBack = back();
  await rm(folder, { recursive: true });
  await cp(`${folder}-old`, folder, { recursive: true });
  await isBack;
  expect(session.summary().version).toBe('1.0.0');
  expect(session.diagnostics()).toEqual([]);
  expect(await session.config.state()).toMatchObject({ generation, effective: { level: 'high' } });
});

test('a manifest that is half-written, or missing, puts no other configuration in force', async () => {
  const { session, folder, write } = await openStored();
  const { generation } = await session.config.state();
  for (const text of ['{ "name":', undefined]) {
    const seen = once(session.onDidChangeSummary);
    if (text === undefined) await rm(join(folder, 'plugin.json'));
    else await write('plugin.json', text);
    await seen;
    expect(session.diagnostics()).toMatchObject([{ source: 'manifest', severity: 'error' }]);
    expect(await session.config.state()).toMatchObject({ generation, effective: { level: 'high' } });
  }
});
