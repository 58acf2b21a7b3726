/** The life of plugins from the command line, against studios that really run. */

import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { writePlugin } from '../runs/running-plugin.fixture';
import { buildCommandLine, runCommandLine, startCommand } from './commands/command-line.fixture';

beforeAll(buildCommandLine);

async function setUp(...names: string[]) {
  const home = await temporaryFolder();
  for (const name of names) await writePlugin(join(home, name), { manifest: { name } });
  const control = join(home, 'studio-home', 'control');
  const plugin = (...args: string[]) => runCommandLine(home, ['plugin', ...args]);
  const json = async (...args: string[]) => JSON.parse((await plugin(...args, '--format', 'json')).stdout);
  const serve = async (...folders: string[]) => {
    const command = startCommand(home, ['serve', ...folders]);
    await command.firstLine;
    const stop = async () => {
      command.process.kill('SIGTERM');
      return command.result;
    };
    return { ...command, stop };
  };
  return { home, control, plugin, json, serve };
}

test('a plugin is loaded, started, reloaded, stopped and unloaded in a studio that runs', async () => {
  const { home, control, plugin, json, serve } = await setUp('one');
  const studio = await serve('one');
  expect(await json('list')).toEqual([
    expect.objectContaining({
      plugin_id: 'one:1.0.0',
      folder: join(home, 'one'),
      plugin_type: 'analyzer',
      state: 'unloaded',
      studio: { pid: studio.process.pid, door: 'browser' },
    }),
  ]);
  expect(await plugin('load', 'one')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^one:1\.0\.0 is loaded, process \d+, ses/),
  });
  const again = await plugin('load', 'one', '--format', 'json');
  expect(again).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('LifecycleError: A plugin that is loaded cannot load'),
  });
  expect(JSON.parse(again.stdout)).toMatchObject({
    error: { name: 'LifecycleError', code: 'plugins/lifecycle-error' },
  });
  const started = await json('start', 'one:1.0.0');
  expect(started).toMatchObject({ state: 'ready', pid: expect.any(Number) });
  const reloaded = await json('reload');
  expect(reloaded.state).toBe('ready');
  expect(reloaded.pid).not.toBe(started.pid);
  expect((await plugin('list')).stdout).toMatch(/^ready {2}one:1\.0\.0 {2}\S+one {2}studio \d+ \(browser\)\n$/);
  expect(await json('stop', 'one')).toMatchObject({ state: 'stopped', pid: null });
  expect(await json('unload', 'one')).toMatchObject({ state: 'unloaded' });
  expect(await plugin('release', 'one')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('nothing to release'),
  });

  expect((await stat(control)).mode & 0o777).toBe(0o700);
  const [mark = ''] = (await readdir(control)).filter((name) => name.endsWith('.json'));
  expect((await stat(join(control, mark))).mode & 0o777).toBe(0o600);
  expect((await studio.stop()).code).toBe(0);
  expect(await readdir(control)).toEqual([]);
}, 60_000);

test('without a studio it says how to start one; what killed ones left behind is removed', async () => {
  const { control, plugin, serve } = await setUp('one');
  const none = {
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/No studio is running.*npm start -- <plugin folder>/),
  };
  expect(await plugin('list')).toMatchObject(none);
  const studio = await serve('one');
  studio.process.kill('SIGKILL');
  await studio.result;
  expect((await readdir(control)).length).toBeGreaterThan(0);
  expect(await plugin('start', 'one')).toMatchObject(none);
  expect(await readdir(control)).toEqual([]);
  // Its process id may be another process's by now.
  const mark = {
    pid: process.pid,
    door: 'browser',
    version: '0',
    address: join(control, 'gone.sock'),
    token: 'x'.repeat(43),
  };
  await mkdir(control, { recursive: true });
  await writeFile(join(control, `${process.pid}.json`), JSON.stringify(mark));
  expect(await plugin('list')).toMatchObject(none);
  expect(await readdir(control)).toEqual([]);
}, 60_000);

test('of several studios the one is asked that has the folder open; where that is more than one, it is said', async () => {
  const { home, plugin, json, serve } = await setUp('one', 'two');
  const first = await serve('one');
  const second = await serve('two');
  // The second remembers what the first has open, for a next start; it has both.
  const all = (await json('list')) as { folder: string; studio: { pid: number } }[];
  const studiosOf = (name: string) =>
    all.filter(({ folder }) => folder === join(home, name)).map(({ studio }) => studio.pid);
  expect(studiosOf('two')).toEqual([second.process.pid]);
  expect(studiosOf('one').sort()).toEqual([first.process.pid, second.process.pid].sort());
  expect(await json('start', 'two')).toMatchObject({ state: 'ready', studio: { pid: second.process.pid } });
  expect(await plugin('start', 'one')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/"one" is more than one plugin.*Say which studio is meant with --studio/),
  });
  expect(await json('start', 'one', '--studio', String(first.process.pid))).toMatchObject({
    state: 'ready',
    studio: { pid: first.process.pid },
  });
  expect(await plugin('stop')).toMatchObject({ code: 2, stderr: expect.stringContaining('Several plugins are open') });
  expect(await plugin('stop', 'three')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"three" is not open'),
  });
  expect(await plugin('list', '--studio', '1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No studio runs with'),
  });
  expect(await plugin('dance', 'one')).toMatchObject({ code: 2, stderr: expect.stringContaining('list, load, start') });
}, 60_000);

test('who does not know the token is not let in, and what breaks the contract is refused', async () => {
  const { control, serve } = await setUp('one');
  await serve('one');
  const [name = ''] = (await readdir(control)).filter((each) => each.endsWith('.json'));
  const { address, token } = JSON.parse(await readFile(join(control, name), 'utf8')) as {
    address: string;
    token: string;
  };
  const say = async (text: string, until: string) => {
    const socket = createConnection(address);
    socket.setEncoding('utf8');
    let heard = '';
    const done = new Promise<string>((resolve) => {
      socket.on('data', (part: string) => {
        heard += part;
        if (heard.includes(until)) resolve(heard);
      });
      socket.on('close', () => resolve(heard));
    });
    await once(socket, 'connect');
    socket.write(text);
    const answer = await done;
    socket.destroy();
    return answer;
  };
  const list = JSON.stringify({ kind: 'call', id: 1, name: 'plugins.listStatus', params: {} });
  expect(await say(`mcp-plugin-studio-control 1 ${'x'.repeat(43)}\n${list}\n`, 'result')).toBe(
    'mcp-plugin-studio-control 1 refused\n',
  );
  expect(await say('GET / HTTP/1.1\r\n', 'result')).toContain('refused');
  expect(await say('x'.repeat(10_000), 'result')).toContain('refused');
  // One that says nothing is not waited for.
  expect(await say('', 'refused')).toContain('refused');
  const greeting = `mcp-plugin-studio-control 1 ${token}\n`;
  expect(await say(`${greeting}${list}\n`, 'result')).toContain('"state":"unloaded"');
  const bad = JSON.stringify({ kind: 'call', id: 2, name: 'plugins.start', params: { folder: 7 } });
  expect(await say(`${greeting}nonsense\n${bad}\n`, 'error')).toContain('rpc/bad-params');
}, 60_000);
