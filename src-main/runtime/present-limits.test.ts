import { afterEach, expect, it } from 'vitest';
import { createEventBus } from '../bus';
import { limitsOfRegistry } from './limit-layers';
import { analyzer, openWorkshop, type PluginWorkshop, runnerFile } from './plugin-workshop.fixture';
import { DEFAULT_LIMITS } from './runtime-limits';
import { createSupervisor, type Supervisor } from './supervisor';

const MEGABYTE = 1024 * 1024;

let workshop: PluginWorkshop;
let supervisor: Supervisor;
const bus = createEventBus();
afterEach(async () => {
  await supervisor.close();
  await workshop.close();
});

it('what is said for all plugins holds from the next start on, also where a process waits already', async () => {
  workshop = await openWorkshop();
  const artifact = await workshop.build(analyzer(''));
  const { folder } = workshop;
  let registry: { max_plugin_memory_mb?: number; shutdown_timeout?: number } = {};
  supervisor = createSupervisor({
    bus,
    runnerFile,
    tempFolder: `${folder}/present`,
    presentLimits: () => limitsOfRegistry(DEFAULT_LIMITS, registry),
  });
  await supervisor.prepare();
  registry = { max_plugin_memory_mb: 64, shutdown_timeout: 2 };
  const hungry = analyzer('async cancelScan() { const all = []; for (;;) all.push({ text: String(all.length) }); }');
  const manifest = { name: 'sample', version: '1.0.0' };
  const start = (source = artifact) =>
    supervisor.start({ folder, manifest, artifact: source, config: {}, generation: 1 });
  const plugin = await start(await workshop.build(hungry));
  expect(plugin.limits).toEqual(
    expect.arrayContaining([
      { kind: 'heap', unit: 'bytes', limit: 64 * MEGABYTE, from: 'registry' },
      { kind: 'shutdown', unit: 'ms', limit: 2000, from: 'registry' },
    ]),
  );
  await expect(plugin.invoke('cancel_scan', [], { timeoutMs: 15_000 })).rejects.toMatchObject({
    data: { reason: 'memory', limit: 64 * MEGABYTE, from: 'registry' },
    message: expect.stringContaining('raise max_plugin_memory_mb in the registry configuration'),
  });
  registry = {};
  expect((await start()).limits).toContainEqual({
    kind: 'heap',
    unit: 'bytes',
    limit: 512 * MEGABYTE,
    from: 'built-in',
  });
});

it('a run that is given less than it could have is held to that', async () => {
  workshop = await openWorkshop();
  supervisor = createSupervisor({ bus, runnerFile, tempFolder: `${workshop.folder}/present` });
  const artifact = await workshop.build(
    analyzer(
      "async cancelScan() { for (let i = 0; i < 12; i++) void this.eventBus.publish({ event_type: 'custom' }); }",
    ),
  );
  const { folder } = workshop;
  const terms = { folder, manifest: { name: 'sample', version: '1.0.0' }, artifact, config: {}, generation: 1 };
  await expect(supervisor.start({ ...terms, runLimits: { memoryMb: 600 } })).rejects.toMatchObject({
    code: 'limits/not-allowed',
  });
  const plugin = await supervisor.start({ ...terms, runLimits: { eventsPerSecond: 10 } });
  await expect(plugin.invoke('cancel_scan', [], { timeoutMs: 15_000 })).rejects.toMatchObject({
    data: { reason: 'flood', limit: 10, unit: 'events/s', from: 'run' },
  });
  // Whoever gives the process back does not make a crash of it that was a stop.
  await plugin.stop();
  expect(plugin.status()).toMatchObject({ state: 'error', endReason: { reason: 'flood', from: 'run' } });
});
