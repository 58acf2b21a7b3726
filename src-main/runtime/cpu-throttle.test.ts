import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterEach, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const hostFile = join(root, `out/test/cpu-throttle-${process.pid}.cjs`);
afterEach(() => rm(hostFile, { force: true }));

/** Holds one process before it runs out of files, and begins to hold another while it has none. */
const HOST = `
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { throttleCpu } from './cpu-throttle';
const spin = () => spawn(process.execPath, ['-e', 'const end = Date.now() + 20_000; while (Date.now() < end);'], { stdio: 'ignore' });
const isStopped = ({ pid }) => readFileSync('/proc/' + pid + '/stat', 'latin1').split(') ')[1].startsWith('T');
const until = async (child, stopped) => { while (isStopped(child) !== stopped) await wait(1); };
const held = ({ pid }) => throttleCpu({ pid, percent: 2, onStop: () => () => undefined });
(async () => {
  const [first, second] = [spin(), spin()];
  let stopSecond = held(second);
  stopSecond();
  const stopFirst = held(first);
  await until(first, true);
  const files = [];
  try { for (;;) files.push(openSync('/dev/null')); } catch { stopSecond = held(second); }
  await wait(300);
  for (const file of files) closeSync(file);
  for (const child of [first, second]) {
    await until(child, false);
    await until(child, true);
  }
  stopFirst();
  stopSecond();
  await Promise.all([until(first, false), until(second, false)]);
  console.log('both were held');
  first.kill('SIGKILL');
  second.kill('SIGKILL');
})();
`;

it.runIf(process.platform === 'linux')(
  'holds a process also after the host was out of files for a while',
  async () => {
    await build({
      stdin: { resolveDir: import.meta.dirname, loader: 'ts', contents: HOST },
      alias: { '@shared': join(root, 'src-shared') },
      outfile: hostFile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'silent',
    });
    const command = `ulimit -n 64; exec "${process.execPath}" "${hostFile}"`;
    const { stdout, stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8', timeout: 20_000 });
    expect({ stdout, stderr }).toEqual({ stdout: 'both were held\n', stderr: '' });
  },
  30_000,
);
