import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { PluginInstance } from './plugin-instance';
import { analyzer, isAlive, openWorkshop, type PluginWorkshop, soon } from './plugin-workshop.fixture';
import { readCpuMs } from './process-usage';
import type { RuntimeLimits } from './runtime-limits';

let workshop: PluginWorkshop;
afterEach(() => workshop.close());

const MEGABYTE = 1024 * 1024;

async function failing(body: string, limits: Partial<RuntimeLimits>) {
  workshop = await openWorkshop({ shutdownTimeoutMs: 300, ...limits });
  return workshop.start(analyzer(`async enrich() {} async cancelScan() { ${body} }`));
}

const ending = (plugin: PluginInstance) =>
  new Promise<ReturnType<PluginInstance['status']>>((resolve) => {
    plugin.onDidChangeStatus.on((status) => status.state === 'error' && resolve(status));
  });

/** The call fails with the limit in its data, and the status says the same. */
async function expectEnd(plugin: PluginInstance, code: string, hit: object) {
  const { pid } = plugin.status();
  const call = plugin.invoke('cancel_scan', [], soon);
  await expect(call).rejects.toMatchObject({ code, data: hit });
  const { message } = plugin.status().error ?? {};
  expect(plugin.status()).toMatchObject({ state: 'error', endReason: { ...hit, message } });
  expect(pid !== undefined && isAlive(pid)).toBe(false);
}

describe('a limit that is hit is told with its figure and what to do:', () => {
  it('the heap', async () => {
    const plugin = await failing('const all = []; for (;;) all.push({ text: String(all.length) });', {
      heapMb: 64,
      memoryMb: 512,
    });
    await expectEnd(plugin, 'plugins/crashed', {
      reason: 'memory',
      figure: 64 * MEGABYTE,
      limit: 64 * MEGABYTE,
      unit: 'bytes',
    });
    expect(plugin.status().endReason?.message).toMatch(/keep less/);
  });

  it('memory outside the heap', async () => {
    const body = 'const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));';
    const plugin = await failing(body, { memoryMb: 256 });
    await expectEnd(plugin, 'plugins/crashed', { reason: 'memory', limit: 256 * MEGABYTE, unit: 'bytes' });
    expect(plugin.status().endReason?.figure).toBeGreaterThan(256 * MEGABYTE);
  });

  it('time', async () => {
    const plugin = await failing('for (;;);', {});
    const call = plugin.invoke('cancel_scan', [], { timeoutMs: 300 });
    const hit = { reason: 'timeout', figure: 300, limit: 300, unit: 'ms' };
    await expect(call).rejects.toMatchObject({ code: 'plugins/timeout', data: hit });
    expect(plugin.status().endReason).toMatchObject(hit);
  });

  it('events', async () => {
    const body = "for (let i = 0; i < 20000; i++) this.eventBus.publish({ event_type: 'custom.flood', data: { i } });";
    const plugin = await failing(body, { eventsPerSecond: 100, eventBurst: 1000 });
    await expectEnd(plugin, 'plugins/crashed', { reason: 'flood', limit: 100, unit: 'events/s' });
    expect(plugin.status().endReason?.message).toMatch(/may publish 100 over time, and 1,000 at once/);
  });

  it('events, but not where each is awaited', async () => {
    const body =
      "for (let i = 0; i < 400; i++) await this.eventBus.publish({ event_type: 'custom.flood', data: { i } }); return 'done';";
    const plugin = await failing(body, { eventsPerSecond: 200, eventBurst: 40 });
    expect(await plugin.invoke('cancel_scan', [], soon)).toBe('done');
    expect(plugin.status().state).toBe('ready');
  });

  it('lines of the log', async () => {
    const body =
      "for (let i = 0; ; i++) { this.logger.info('line ' + i); if (i % 500 === 0) await new Promise((r) => setTimeout(r, 0)); }";
    const plugin = await failing(body, { linesPerSecond: 100, lineBurst: 1000 });
    await expectEnd(plugin, 'plugins/crashed', { reason: 'flood', limit: 100, unit: 'lines/s' });
    expect(plugin.status().endReason?.message).toMatch(/may log 100 over time, and 1,000 at once.*Log what somebody/s);
    expect(plugin.log.lastSeq).toBeLessThan(1500);
  });

  it('the size of a message', async () => {
    const plugin = await failing("return 'x'.repeat(20e6);", { lineBytes: 1_000_000 });
    await expectEnd(plugin, 'plugins/crashed', { reason: 'flood', limit: 1_000_000, unit: 'bytes' });
  });

  it('the processor, while nobody asked for anything', async () => {
    const plugin = await failing('setTimeout(() => { for (;;); }, 0);', {
      cpuPercent: 10,
      idleCpuMs: 1000,
      sampleMs: 500,
    });
    const ended = ending(plugin);
    await plugin.invoke('cancel_scan', [], soon);
    const hit = { reason: 'cpu', limit: 10, unit: 'percent' };
    expect(await ended).toMatchObject({ endReason: hit, error: { code: 'plugins/crashed', data: hit } });
    expect(plugin.status().endReason?.message).toMatch(/cpu_intensive/);
  });
});

describe('what a manifest asks for', () => {
  it('gives a plugin that is memory_intensive twice the memory', async () => {
    workshop = await openWorkshop({ heapMb: 64, memoryMb: 128 });
    const hoard =
      'this.kept = []; for (let i = 0; i < 140; i++) this.kept.push(new Uint8Array(1e6).fill(1)); await new Promise((r) => setTimeout(r, 3000)); return 1;';
    const artifact = await workshop.build(analyzer(`async cancelScan() { ${hoard} }`));
    const { folder, supervisor } = workshop;
    const start = (capabilities: { memory_intensive?: boolean }) =>
      supervisor.start({
        folder,
        manifest: { name: 'sample', version: '1.0.0', capabilities },
        artifact,
        config: {},
        generation: 1,
      });
    await expect((await start({})).invoke('cancel_scan', [], soon)).rejects.toMatchObject({
      data: { reason: 'memory', limit: 128 * MEGABYTE },
    });
    expect(await (await start({ memory_intensive: true })).invoke('cancel_scan', [], soon)).toBe(1);
  });
});

describe.runIf(process.platform === 'linux')('a share of 25 % of a core', () => {
  const spin = analyzer('async cancelScan() { for (;;); }');

  it('is what a plugin that spins gets', async () => {
    workshop = await openWorkshop({ shutdownTimeoutMs: 300 });
    const artifact = await workshop.build(spin);
    const { folder, supervisor } = workshop;
    const manifest = { name: 'sample', version: '1.0.0' };
    const started = { folder, manifest, artifact, config: {}, generation: 1 };
    const [held, free] = await Promise.all([
      supervisor.start({ ...started, limits: { cpuPercent: 25 } }),
      supervisor.start(started),
    ]);
    const [heldPid, freePid] = [held.status().pid ?? 0, free.status().pid ?? 0];
    const running = held.invoke('cancel_scan', [], { timeoutMs: 60_000 });
    const other = free.invoke('cancel_scan', [], { timeoutMs: 60_000 });
    const ends = Promise.allSettled([running, other]);
    const readBoth = async () => [(await readCpuMs(heldPid)) ?? 0, (await readCpuMs(freePid)) ?? 0] as const;
    const began = performance.now();
    const [heldBefore, freeBefore] = await readBoth();
    await wait(10_000);
    const [heldAfter, freeAfter] = await readBoth();
    const passed = performance.now() - began;
    const heldPercent = ((heldAfter - heldBefore) / passed) * 100;
    const freePercent = ((freeAfter - freeBefore) / passed) * 100;
    expect(held.status().state).toBe('running');
    expect(heldPercent).toBeLessThan(30);
    // On a machine that does other things too, nobody gets more than there is.
    expect(heldPercent).toBeGreaterThan(Math.min(20, freePercent / 2));
    await supervisor.close();
    await ends;
  }, 60_000);
});
