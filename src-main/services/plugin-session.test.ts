import type { BuildReport } from '@shared/contracts';
import { expect, test } from 'vitest';
import { watchFolder } from '../files';
import { manifest, once, openSample } from './plugin-session.fixture';

test('stop does not wait for a plugin that never takes its configuration', async () => {
  const { session, event } = await openSample('async onConfigChanged() { await this.hang(); }');
  await session.start();
  const hanging = event('custom.hangs');
  await session.config.save('level: high\n');
  await hanging;
  expect(await session.stop()).toMatchObject({ state: 'stopped' });
});

test('a configuration is taken, too, where a subscriber is full that wants errors', async () => {
  const { session, bus } = await openSample('');
  await session.start();
  const full = { max_queue_size: 1, backpressure_policy: 'error' } as const;
  bus.subscribe('full', () => new Promise(() => undefined), { event_types: ['plugin.config_updated'] }, full);
  // One is in delivery, one fills the queue.
  for (let sent = 0; sent < 2; sent += 1) {
    bus.publish({ event_type: 'plugin.config_updated' });
    await new Promise((done) => setImmediate(done));
  }
  expect(() => bus.publish({ event_type: 'plugin.config_updated' })).toThrow(/is full/);
  const said = once(session.log.onDidAppend);
  await session.config.save('level: high\n');
  expect(await said).toMatchObject({
    level: 'warning',
    message: expect.stringMatching(/^plugin\.config_updated did not reach every subscriber\. .*full/),
  });
  expect((await session.config.state()).applied).toMatchObject([{ generation: 2 }]);
});

test('restart does not wait for it either, and the plugin has the new configuration then', async () => {
  const { session, event } = await openSample('async onConfigChanged() { await this.hang(); }');
  const { pid } = await session.start();
  const hanging = event('custom.hangs');
  await session.config.save('level: high\n');
  await hanging;
  const restarted = await session.restart();
  expect(restarted).toMatchObject({ state: 'ready', configGeneration: 2 });
  expect(restarted.pid).not.toBe(pid);
});

test('stop ends a start that never comes to its end, and the next start is free', async () => {
  const { session, event } = await openSample('async initialize() { await this.hang(); }');
  const hanging = event('custom.hangs');
  const starting = session.start();
  const queued = session.start();
  await hanging;
  const stopped = session.stop();
  await expect(starting).rejects.toMatchObject({ code: 'plugins/cancelled' });
  await expect(queued).rejects.toMatchObject({ code: 'plugins/cancelled' });
  expect((await stopped).error).toBeUndefined();
  const again = event('custom.hangs');
  const next = session.start();
  next.catch(() => undefined);
  await again;
});

test('closing the folder does not wait for a start that never comes to its end', async () => {
  const { session, event } = await openSample('async initialize() { await this.hang(); }');
  const hanging = event('custom.hangs');
  const starting = session.start();
  starting.catch(() => undefined);
  await hanging;
  await session.close();
  await expect(starting).rejects.toMatchObject({ code: 'plugins/cancelled' });
});

test('a change of the manifest builds only where a build reads something else of it', async () => {
  const { session, write } = await openSample('');
  const builds: BuildReport[] = [];
  session.onDidBuild.on((report) => builds.push(report));
  const change = async (fields: object) => {
    const seen = once(session.onDidChangeSummary);
    await write('plugin.json', JSON.stringify({ ...manifest, ...fields }));
    await seen;
  };
  await change({ description: 'Told anew.' });
  await change({ config_schema: { type: 'object' } });
  await change({ priority: 'none' });
  await change({ priority: 7 });
  expect(session.summary()).toMatchObject({ name: 'sample' });
  const built = once(session.onDidBuild);
  await change({ entry_point: 'src.sample:Missing' });
  await change({ entry_point: 'src.sample:Sample', version: '1.0.1' });
  expect(await built).toMatchObject({ ok: true });
  expect(builds).toHaveLength(1);
});

test('a manifest that is mended builds what was not built meanwhile', async () => {
  const { session, write } = await openSample('');
  const seen = once(session.onDidChangeSummary);
  await write('plugin.json', '{');
  await seen;
  expect(await session.build()).toMatchObject({ ok: false, diagnostics: [{ source: 'manifest' }] });
  const built = once(session.onDidBuild);
  await write('plugin.json', JSON.stringify(manifest));
  expect(await built).toMatchObject({ ok: true });
});

test('a session that fails late in opening watches nothing afterwards', async () => {
  let watching = 0;
  const failsLate: typeof watchFolder = async (folder, listener, options) => {
    if (options?.only === undefined) throw new Error('too many watchers');
    const stop = await watchFolder(folder, listener, options);
    watching += 1;
    return () => {
      watching -= 1;
      stop();
    };
  };
  await expect(openSample('', failsLate)).rejects.toThrow('too many watchers');
  expect(watching).toBe(0);
});
