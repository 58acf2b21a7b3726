import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SES_ONLY } from './isolation';
import { runnerFile } from './plugin-workshop.fixture';
import { type RunnerProcess, startRunnerProcess } from './runner-process';
import { DEFAULT_LIMITS } from './runtime-limits';
import { createStandby, type Standby } from './standby';

let folder: string;
let standby: Standby;
let started: RunnerProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-standby-'));
  started = [];
  standby = createStandby(() => {
    const { execPath } = process;
    const next = startRunnerProcess({ execPath, runnerFile, folder, isolation: SES_ONLY, limits: DEFAULT_LIMITS });
    started.push(next);
    return next;
  });
});

afterEach(async () => {
  await standby.close();
  for (const process of started) {
    process.kill();
    await process.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

describe('processes that wait for a plugin', () => {
  it('are ready before one is asked for, and each is handed out once', async () => {
    await standby.keep();
    expect(started).toHaveLength(1);
    expect(standby.take()).toBe(started[0]);
    await standby.keep();
    expect(standby.take()).toBe(started[1]);
    expect(started).toHaveLength(2);
  });

  it('are started when they are needed where none is kept', async () => {
    await standby.take().ready;
    expect(started).toHaveLength(1);
  });

  it('that end while they wait are not handed out', async () => {
    await standby.keep();
    started[0]?.kill();
    await started[0]?.ended;
    const next = standby.take();
    expect(next).not.toBe(started[0]);
    await next.ready;
  });
});
