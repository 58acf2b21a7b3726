import { chmod, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isolationOf, type Namespace, SES_ONLY } from './isolation';
import { analyzer, openWorkshop, runnerFile, runtimes } from './plugin-workshop.fixture';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-isolation-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A runtime that does what the lines of a shell script say. */
async function runtime(...lines: string[]): Promise<string> {
  const file = join(folder, 'runtime');
  await writeFile(file, ['#!/bin/sh', ...lines].join('\n'));
  await chmod(file, 0o755);
  return file;
}

describe('a runtime that is started with the permission flags', () => {
  it('and denies what it should has them', async () => {
    const { allowedNodeEnvironmentFlags: known } = process;
    const { name, flags } = await isolationOf(runnerFile, process.execPath, []);
    const flag = ['--permission', '--experimental-permission'].find((one) => known.has(one));
    expect(name).toBe('ses + permissions');
    expect(flags).toEqual([flag, `--allow-fs-read=${runnerFile}`, '--allow-worker', '--no-warnings']);
  });

  it('and does not know them has them not', async () => {
    expect(await isolationOf(runnerFile, await runtime('exit 9'))).toEqual(SES_ONLY);
  });

  it('and takes them without heeding them has them not', async () => {
    const heedless = await runtime('shift 4', `exec ${process.execPath} "$@"`);
    expect(await isolationOf(runnerFile, heedless, [])).toMatchObject({ name: 'ses only' });
  });

  it('and then cannot run a runner has them not', async () => {
    const [flag] = (await isolationOf(runnerFile, process.execPath)).flags;
    const withoutWorkers = await runtime('shift 1', `exec ${process.execPath} ${flag} "$1" "$3" "$4" "$5" "$6"`);
    expect(await isolationOf(runnerFile, withoutWorkers, [])).toMatchObject({ name: 'ses only' });
  });

  it('is asked once', async () => {
    const counting = await runtime('exit 9');
    await Promise.all([isolationOf(runnerFile, counting), isolationOf(runnerFile, counting)]);
    await rm(counting);
    expect(await isolationOf(runnerFile, counting)).toMatchObject({ name: 'ses only' });
    // Had it been asked again, it would have been found missing, and asked once more now.
    await runtime(`exec ${process.execPath} "$@"`);
    expect(await isolationOf(runnerFile, counting)).toMatchObject({ name: 'ses only' });
  });

  it('is asked again where it could not be started', async () => {
    const missing = join(folder, 'runtime');
    expect(await isolationOf(runnerFile, missing)).toMatchObject({ name: 'ses only' });
    await runtime(`exec ${process.execPath} "$@"`);
    expect((await isolationOf(runnerFile, missing)).name).toContain('permissions');
  });
});

describe.runIf(process.platform === 'linux')('a namespace', () => {
  /** What makes one: a script that does as it says. */
  const namespace = async (...lines: string[]): Promise<Namespace> => ({
    command: await runtime(...lines),
    args: ['--'],
    stays: false,
  });
  const none = 'ses + permissions';

  it('is told where the host is out of reach from it, with its process and its pipes', async () => {
    const workshop = await openWorkshop();
    const plugin = await workshop.start(analyzer(''));
    const { name, namespace: made } = await isolationOf(runnerFile, process.execPath);
    expect(plugin.status().isolation).toBe(name);
    const networkOf = (pid: unknown) => readlink(`/proc/${pid}/ns/net`);
    const isApart = (await networkOf(plugin.status().pid)) !== (await networkOf('self'));
    expect([isApart, name.endsWith('+ namespace')]).toEqual([made !== undefined, made !== undefined]);
    await workshop.close();
  });

  it('that is none is not told', async () => {
    const open = await namespace('shift 1', 'exec "$@"');
    expect(await isolationOf(runnerFile, process.execPath, [open])).toMatchObject({ name: none, namespace: undefined });
  });

  it('that cannot be made is not told', async () => {
    const forbidden = await namespace('exit 1');
    expect(await isolationOf(runnerFile, process.execPath, [forbidden])).toMatchObject({ name: none });
    const missing = { ...forbidden, command: join(folder, 'nothing') };
    expect(await isolationOf(runnerFile, process.execPath, [missing])).toMatchObject({ name: none });
  });

  it('in which the runtime cannot run is not told', async () => {
    const broken = await namespace('shift 1', '[ "$1" = /bin/sh ] && exec "$@"', 'exit 1');
    expect(await isolationOf(runnerFile, process.execPath, [broken])).toMatchObject({ name: none });
  });
});

describe.each(runtimes)('what is told of a plugin in $name', ({ execPath }) => {
  it('is what its process was started with', async () => {
    const workshop = await openWorkshop({}, execPath);
    const plugin = await workshop.start(analyzer(''));
    const { name } = await isolationOf(runnerFile, execPath);
    expect([plugin.status().isolation, workshop.supervisor.isolation]).toEqual([name, name]);
    await workshop.close();
  });
});
