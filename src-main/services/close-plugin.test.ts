import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStudio } from './create-studio';

const built = resolve(import.meta.dirname, '../../out/test');

/** A studio with an open plugin that says when it has begun to analyse, and never ends. */
async function openWaiting() {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'mcp-close-')));
  const folder = join(base, 'plugin');
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(folder, 'samples'));
  await writeFile(join(folder, 'samples/a.py'), 'pass');
  await writeFile(
    join(folder, 'plugin.json'),
    JSON.stringify({ name: 'waiting', version: '1.0.0', plugin_type: 'analyzer', entry_point: 'src.sample:Sample' }),
  );
  await writeFile(
    join(folder, 'src/sample.ts'),
    `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
    export class Sample extends AnalyzerPlugin {
      getSupportedTypes() { return ['source_code']; }
      async analyze() {
        await this.eventBus.publish({ event_type: 'custom.waiting' });
        return new Promise(() => {});
      }
    }`,
  );
  const failures: string[] = [];
  const studio = await createStudio({
    dataFolder: join(base, 'data'),
    resourcesFolder: join(base, 'resources'),
    runnerFile: join(built, 'runner-javascript.js'),
    sdkFile: join(built, 'mcp-plugin-sdk.mjs'),
    databaseWorkerFile: join(built, 'database-worker.js'),
    door: 'command-line',
    runtime: 'test',
    version: '0.0.0',
    environment: {},
    log: (line) => failures.push(line),
  });
  onTestFinished(async () => {
    await studio.close();
    await rm(base, { recursive: true, force: true });
    expect(failures).toEqual([]);
  });
  await studio.services.workspace.calls.openPlugin({ folder });
  return { folder, ...studio };
}

test.each([{}, { severity: 'low' }])(
  'closing a plugin cancels its run and ends its process: config %j',
  async (config) => {
    const { folder, services, engine } = await openWaiting();
    const { runs, workspace } = services;
    const waiting = new Promise<void>((done) => {
      engine.bus.onDidPublish.on(({ event_type }) => {
        if (event_type === 'custom.waiting') done();
      });
    });
    const { runId } = await runs.calls.start({ folder, sampleId: 'samples/a.py', config });
    await waiting;
    const unloaded = new Promise<void>((done) => {
      engine.bus.onDidPublish.on(({ event_type }) => {
        if (event_type === 'plugin.unloaded') done();
      });
    });
    await workspace.calls.closePlugin({ folder });
    expect((await runs.calls.read({ runId })).outcome).toBe('cancelled');
    await unloaded;
  },
);
