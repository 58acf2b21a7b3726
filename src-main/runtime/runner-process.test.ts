import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Isolation, SES_ONLY } from './isolation';
import { isAlive, openWorkshop, type PluginWorkshop, runnerFile } from './plugin-workshop.fixture';
import { startRunnerProcess } from './runner-process';
import { DEFAULT_LIMITS } from './runtime-limits';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-runner-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (execPath: string, cwd = folder, isolation: Isolation = SES_ONLY) =>
  startRunnerProcess({
    execPath,
    runnerFile,
    folder: cwd,
    isolation,
    limits: DEFAULT_LIMITS,
  });

/** A shell that is there already can still change the limits of this process when it has no file left. */
function openShell() {
  const shell: ChildProcessWithoutNullStreams = spawn('sh');
  return {
    run: (command: string) =>
      new Promise<void>((done, fail) => {
        shell.stdout.once('data', (answer: Buffer) =>
          String(answer) === 'done\n' ? done() : fail(new Error(`${command}: ${answer}`)),
        );
        shell.stdin.write(`${command} 2>&1 && echo done\n`);
      }),
    close: () => shell.kill(),
  };
}

/** Leaves this process that many files to open. */
async function withFilesLeft(count: number, task: () => Promise<void>): Promise<void> {
  const shell = openShell();
  const hard = "$(cat /proc/PID/limits | awk '/open files/ {print $5}')".replace('PID', String(process.pid));
  const limit = (soft: string) => shell.run(`prlimit --pid ${process.pid} --nofile=${soft}:${hard}`);
  const first = openSync('/dev/null', 'r');
  closeSync(first);
  const taken: number[] = [];
  await limit(String(first + 32));
  try {
    for (;;) taken.push(openSync('/dev/null', 'r'));
  } catch (error) {
    expect(error).toMatchObject({ code: 'EMFILE' });
  }
  for (let i = 0; i < count; i++) closeSync(taken.pop() ?? -1);
  try {
    await task();
  } finally {
    for (const file of taken) closeSync(file);
    await limit(hard);
    shell.close();
  }
}

describe('a process that cannot be started', () => {
  it('because its program or its folder is gone tells what is gone', async () => {
    for (const runner of [start(join(folder, 'gone')), start(process.execPath, join(folder, 'gone'))]) {
      const { failure } = await runner.ended;
      expect(failure).toMatchObject({ code: 'plugins/no-process', data: { code: 'ENOENT' } });
      expect(failure?.message).toContain(join(folder, 'gone'));
    }
  });

  it('because its program is none tells so', async () => {
    await writeFile(join(folder, 'text'), 'no program', { mode: 0o644 });
    const runner = start(join(folder, 'text'));
    runner.send({ kind: 'invoke', id: 1, method: 'analyze', args: [] });
    runner.kill();
    expect((await runner.ended).failure).toMatchObject({ code: 'plugins/no-process', data: { code: 'EACCES' } });
  });

  it('because no file can be opened any more tells what to close', async () => {
    await withFilesLeft(3, async () => {
      const { failure } = await start(process.execPath).ended;
      expect(failure).toMatchObject({
        code: 'plugins/no-process',
        data: { code: 'EMFILE' },
        message: expect.stringContaining('Close plugins, or raise the limit (ulimit -n)'),
      });
    });
  });
});

describe('a plugin whose process cannot be started', () => {
  let workshop: PluginWorkshop;
  afterEach(() => workshop.close());

  it('says so, and is no crash of the plugin', async () => {
    workshop = await openWorkshop({}, join(folder, 'gone'));
    await expect(workshop.start('export class Sample {}')).rejects.toMatchObject({
      code: 'plugins/start-failed',
      message: expect.stringContaining('No process could be started (ENOENT).'),
      data: { code: 'plugins/no-process' },
    });
  });
});

describe.runIf(process.platform === 'linux')('a process behind what made its namespace', () => {
  it('is the one that is told and ended', async () => {
    const command = join(folder, 'stays');
    await writeFile(command, '#!/bin/sh\nshift 1\n"$@"\nexit $?\n', { mode: 0o755 });
    const namespace = { command, args: ['--'], stays: true };
    const runner = start(process.execPath, folder, { ...SES_ONLY, namespace });
    const outer = runner.pid;
    await runner.ready;
    const { pid = 0 } = runner;
    expect(pid).not.toBe(outer);
    expect(isAlive(pid)).toBe(true);
    runner.kill();
    await runner.ended;
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
  });
});
