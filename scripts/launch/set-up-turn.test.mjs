import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inSetUpTurn } from './set-up-turn.mjs';

let root;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'set-up-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A command that sets up in this folder, and writes when it began and when it was done. */
function setUp(name) {
  const module = join(import.meta.dirname, 'set-up-turn.mjs');
  const code = `
    import { appendFile } from 'node:fs/promises';
    import { inSetUpTurn } from ${JSON.stringify(module)};
    const [root, name] = process.argv.slice(1);
    const note = (what) => appendFile(root + '/log', what + ' ' + name + '\\n');
    await inSetUpTurn(() => {}, async () => {
      await note('begins');
      for (let step = 0; step < 50; step++) await appendFile(root + '/work-' + name, '.');
      await note('ends');
    }, root);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code, root, name], { stdio: 'inherit' });
}

test('set-ups of one checkout do not overlap', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const codes = await Promise.all(names.map(async (name) => (await once(setUp(name), 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  const lines = (await readFile(join(root, 'log'), 'utf8')).trimEnd().split('\n');
  const order = lines.filter((line) => line.startsWith('begins')).map((line) => line.split(' ')[1]);
  expect(lines).toEqual(order.flatMap((name) => [`begins ${name}`, `ends ${name}`]));
  expect([...order].sort()).toEqual(names);
});

async function endedProcess() {
  const ended = spawn(process.execPath, ['-e', '0']);
  await once(ended, 'exit');
  return ended.pid;
}

test.each([
  ['that is gone', endedProcess],
  ['whose number we have now', async () => process.pid],
])('what a command left %s, since it was killed, keeps nobody waiting', async (_what, holder) => {
  await mkdir(join(root, '.cache'), { recursive: true });
  await writeFile(join(root, '.cache', 'set-up'), String(await holder()));
  const said = [];
  let isDone = false;
  await inSetUpTurn(
    (line) => said.push(line),
    async () => {
      isDone = true;
    },
    root,
  );
  expect({ isDone, said }).toEqual({ isDone: true, said: [] });
  expect(await readdir(join(root, '.cache'))).toEqual([]);
});

test('work that fails gives its turn back', async () => {
  const failing = inSetUpTurn(
    () => {},
    () => Promise.reject(new Error('no network')),
    root,
  );
  await expect(failing).rejects.toThrow('no network');
  expect(await readdir(join(root, '.cache'))).toEqual([]);
});
