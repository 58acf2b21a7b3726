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
async function writeHost(folder: string, code: string, execPath: string) {
  const start = { folder, manifest: { name: 'sample', version: '1.0.0' }, config: {}, generation: 1 };
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
          plugin.log.onDidAppend.on(() => console.log(childrenOf().join(' ')));
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
  it('the processes of plugins end too, even one that loops for ever', async () => {
    const workshop = await openWorkshop();
    const { code } = await workshop.build(analyzer("async enrich() { this.logger.info('busy'); for (;;); }"));
    await writeHost(workshop.folder, code, execPath);
    const host = spawn(process.execPath, [hostFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((done) => createInterface({ input: host.stdout }).once('line', done));
    const children = line.split(' ').map(Number);
    expect(children).toHaveLength(2);
    expect(children.every(isAlive)).toBe(true);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 });
    await workshop.close();
  });
});
