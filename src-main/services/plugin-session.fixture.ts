/** A plugin of a few lines, opened in a session with a real bus, builder and supervisor. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Listenable } from '@shared/rpc';
import type { SecurityEvent } from '@shared/schemas';
import { expect, onTestFinished } from 'vitest';
import { createPluginBuilder } from '../build';
import { createEventBus } from '../bus';
import { watchFolder } from '../files';
import { createSupervisor } from '../runtime';
import { accessWithout } from './access.fixture';
import { openPluginSession } from './plugin-session';

const built = resolve(import.meta.dirname, '../../out/test');

export const manifest = {
  name: 'sample',
  version: '1.0.0',
  plugin_type: 'analyzer',
  entry_point: 'src.sample:Sample',
};

/** A real plugin whose class has those members, opened in a session of its own. */
export async function openSample(members: string, watch = watchFolder) {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'mcp-session-')));
  const folder = join(base, 'sample');
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(manifest));
  await writeFile(
    join(folder, 'src/sample.ts'),
    `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
    export class Sample extends AnalyzerPlugin {
      getSupportedTypes() { return ['source_code']; }
      async analyze(request) { return { request_id: request.request_id, status: 'success' }; }
      async hang() { await this.eventBus.publish({ event_type: 'custom.hangs' }); await new Promise(() => {}); }
      ${members}
    }`,
  );
  const bus = createEventBus();
  const builder = createPluginBuilder({ sdkFile: join(built, 'mcp-plugin-sdk.mjs') });
  const runnerFile = join(built, 'runner-javascript.js');
  const supervisor = await createSupervisor({ bus, runnerFile, tempFolder: join(base, 'temp') });
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const capabilities = await accessWithout(base);
  const opening = openPluginSession({
    folder,
    builder,
    supervisor,
    bus,
    environment: {},
    capabilities,
    onError,
    watch,
  });
  onTestFinished(async () => {
    await opening.then(
      (session) => session.close(),
      () => undefined,
    );
    await supervisor.close();
    await builder.close();
    await bus.close();
    await rm(base, { recursive: true, force: true });
    expect(errors).toEqual([]);
  });
  const event = (type: string) =>
    new Promise<SecurityEvent>((done) => {
      const stop = bus.onDidPublish.on((published) => {
        if (published.event_type !== type) return;
        stop();
        done(published);
      });
    });
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  return { session: await opening, folder, bus, event, write };
}

export const once = <Value>(event: Listenable<Value>) =>
  new Promise<Value>((done) => {
    const stop = event.on((value) => {
      stop();
      done(value);
    });
  });
