import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { analyzer, isAlive, openWorkshop, runnerFile, runtimes } from './plugin-workshop.fixture';

const root = resolve(import.meta.dirname, '../..');
const hostFile = join(root, `out/test/host-death-${process.pid}.cjs`);
afterEach(() => rm(hostFile, { force: true }));

/** A host of its own that starts one plugin and one process that waits, says their ids, and keeps the plugin busy. */
async function writeHost(folder: string, code: string, execPath: string, limits: { cpuPercent?: number }) {
  const start = { folder, manifest: { name: 'sample', version: '1.0.0' }, config: {}, generation: 1, limits };
  const artifact = { code, url: 'plugin://sample/1.0.0/plugin.js', className: 'Sample', sourceHash: '' };
  await build({
    stdin: {
      resolveDir: import.meta.dirname,
      loader: 'ts',
      contents: `
        import { readdirSync, readFileSync } from 'node:fs';
        import { createEventBus } from '../bus';
        import { createSupervisor } from './supervisor';
        const childrenOf = () => readdirSync('/proc').filter((id) => /^\\d+$/.test(id)).filter((id) => {
          try { return readFileSync('/proc/' + id + '/stat', 'utf8').split(') ')[1].split(' ')[1] === String(process.pid); } catch { return false; }
        });
        const supervisor = createSupervisor({
          bus: createEventBus(), runnerFile: ${JSON.stringify(runnerFile)}, tempFolder: ${JSON.stringify(folder)},
          execPath: ${JSON.stringify(execPath)},
        });
        (async () => {
          const plugin = await supervisor.start(${JSON.stringify({ ...start, artifact })});
          await supervisor.prepare();
          const { pid } = plugin.status();
          const isStopped = () => readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].startsWith('T');
          const say = () => console.log(childrenOf().join(' '));
          const sayWhenStopped = () => (isStopped() ? say() : setTimeout(sayWhenStopped, 1));
          plugin.log.onDidAppend.on(${limits.cpuPercent === undefined ? 'say' : 'sayWhenStopped'});
          plugin.invoke('enrich', [], { timeoutMs: 600_000 });
        })();
      `,
    },
    alias: { '@shared': join(root, 'src-shared') },
    outfile: hostFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['esbuild'],
    logLevel: 'silent',
  });
}

describe.each(runtimes)('when the host is killed, in $name', ({ execPath }) => {
  it.each([
    { name: 'even one that loops for ever', limits: {}, processes: 2 },
    // The third is what lets the plugin go on, so that it can end.
    { name: 'even one that is stopped', limits: { cpuPercent: 10 }, processes: 3 },
  ])('the processes of plugins end too, $name', async ({ limits, processes }) => {
    const workshop = await openWorkshop();
    const { code } = await workshop.build(analyzer("async enrich() { this.logger.info('busy'); for (;;); }"));
    await writeHost(workshop.folder, code, execPath, limits);
    const host = spawn(process.execPath, [hostFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) => createInterface({ input: host.stdout }).once('line', done));
    const children = line.split(' ').map(Number);
    expect(children).toHaveLength(processes);
    expect(children.every(isAlive)).toBe(true);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 });
    await workshop.close();
  });
});
