import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  analyzer,
  isAlive,
  openWorkshop,
  type PluginWorkshop,
  request,
  runtimes,
  soon,
} from './plugin-workshop.fixture';

let workshop: PluginWorkshop;
afterEach(() => workshop.close());

describe.each(runtimes)('in $name, a plugin that fails to start', ({ execPath }) => {
  beforeEach(async () => {
    workshop = await openWorkshop({ startupTimeoutMs: 5000 }, execPath);
  });

  it('because its constructor throws is told so, in its own lines', async () => {
    const errors: unknown[] = [];
    workshop.bus.onDidPublish.on(({ event_type, data }) => errors.push([event_type, data?.code]));
    const source = analyzer('constructor(context) {\n    super(context);\n    throw new TypeError("not today");\n  }');
    await expect(workshop.start(source)).rejects.toMatchObject({
      code: 'plugins/start-failed',
      message: 'sample:1.0.0 did not start. TypeError: not today',
      data: {
        name: 'TypeError',
        message: 'not today',
        stack: expect.stringMatching(/^TypeError: not today\n.*src\/sample\.ts:9:11/),
      },
    });
    expect(errors).toEqual([['plugin.error', 'plugins/start-failed']]);
  });

  it('because initialize throws', async () => {
    await expect(
      workshop.start(analyzer('async initialize() { throw new sdk.ResourceError("no rules"); }')),
    ).rejects.toMatchObject({ code: 'plugins/start-failed', data: { name: 'ResourceError', message: 'no rules' } });
  });

  it('because its module throws or exports no such class', async () => {
    await expect(workshop.start(analyzer('', 'throw new RangeError("at once");'))).rejects.toThrow(
      /RangeError: at once/,
    );
    const artifact = { ...(await workshop.build(analyzer(''))), className: 'Nowhere' };
    const manifest = { name: 'sample', version: '1.0.0' };
    await expect(
      workshop.supervisor.start({ folder: workshop.folder, manifest, artifact, config: {}, generation: 1 }),
    ).rejects.toThrow(/exports Sample, but no class named Nowhere/);
  });

  it('because its class is no plugin, or none of its type, and is told what to extend', async () => {
    const startAs = async (source: string, plugin_type: 'analyzer' | 'scanner' | 'processor') => {
      const artifact = await workshop.build(source);
      const manifest = { name: 'sample', version: '1.0.0', plugin_type };
      return workshop.supervisor.start({ folder: workshop.folder, manifest, artifact, config: {}, generation: 1 });
    };
    const refused = (message: RegExp) => ({ code: 'plugins/start-failed', message: expect.stringMatching(message) });
    await expect(startAs('export class Sample {}', 'analyzer')).rejects.toMatchObject(
      refused(/Sample extends no plugin class\. Write: class Sample extends AnalyzerPlugin, .* mcp-plugin-sdk/),
    );
    await expect(startAs(analyzer(''), 'scanner')).rejects.toMatchObject(
      refused(
        /Sample has no startScan\(\) and no getScanStatus\(\) .* plugin_type is "scanner"\. .* extends ScannerPlugin/,
      ),
    );
    expect((await startAs(analyzer(''), 'analyzer')).status().state).toBe('ready');
    const processor =
      "import { ProcessorPlugin } from 'mcp-plugin-sdk'; export class Sample extends ProcessorPlugin {}";
    expect((await startAs(processor, 'processor')).status().state).toBe('ready');
  });

  it('because initialize never ends', async () => {
    await expect(workshop.start(analyzer('async initialize() { for (;;); }'))).rejects.toMatchObject({
      code: 'plugins/start-failed',
      message: expect.stringContaining('within 5 s'),
      data: { code: 'plugins/timeout' },
    });
  });
});

describe.each(runtimes)('in $name, a running plugin that', ({ execPath }) => {
  beforeEach(async () => {
    workshop = await openWorkshop({ heapMb: 64, memoryMb: 256, shutdownTimeoutMs: 300 }, execPath);
  });

  const failing = (body: string) => workshop.start(analyzer(`async enrich() {} async cancelScan() { ${body} }`));

  it('throws in a call says what, where, and goes on', async () => {
    const plugin = await failing('const inner = () => { throw new sdk.ValidationError("odd"); };\n inner();');
    await expect(plugin.invoke('cancel_scan', [], soon)).rejects.toMatchObject({
      code: 'plugins/plugin-error',
      message: 'ValidationError: odd',
      data: {
        name: 'ValidationError',
        stack: expect.stringMatching(/^ValidationError: odd\n\s+at inner \(src\/sample\.ts:7/),
      },
    });
    expect(await plugin.invoke('analyze', [request], soon)).toMatchObject({ status: 'success' });
    expect(await plugin.invoke('get_metrics', [], soon)).toMatchObject({ errors: 1 });
  });

  it('throws something that is no error is told too', async () => {
    const plugin = await failing('throw { get message() { throw 1; }, oops: 1n };');
    await expect(plugin.invoke('cancel_scan', [], soon)).rejects.toMatchObject({ code: 'plugins/plugin-error' });
  });

  it('has no such method says so', async () => {
    const plugin = await workshop.start(analyzer(''));
    for (const method of ['start_scan', 'constructor', '__proto__', 'toString', 'nothing']) {
      await expect(plugin.invoke(method, [], soon)).rejects.toMatchObject({ code: 'plugins/unknown-method' });
    }
  });

  it('loops for ever is killed when its time is up, and nobody else notices', async () => {
    const other = await workshop.start(analyzer(''));
    const plugin = await failing('this.logger.info("last words"); for (;;);');
    const { pid } = plugin.status();
    const running = plugin.invoke('cancel_scan', [], { timeoutMs: 300, runId: 'run-1' });
    const waiting = plugin.invoke('analyze', [request], soon);
    const [timedOut, crashed, alive] = await Promise.allSettled([
      running,
      waiting,
      other.invoke('analyze', [request], soon),
    ]);
    expect(timedOut).toMatchObject({ status: 'rejected', reason: { code: 'plugins/timeout' } });
    expect(crashed).toMatchObject({ status: 'rejected', reason: { code: 'plugins/crashed' } });
    expect(alive).toMatchObject({ status: 'fulfilled' });
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    expect(plugin.status()).toMatchObject({ state: 'error', error: { code: 'plugins/timeout' } });
    expect(plugin.log.read(0, 10).entries[0]).toMatchObject({ message: 'last words', runId: 'run-1' });
    await expect(plugin.invoke('analyze', [request], soon)).rejects.toMatchObject({ code: 'plugins/not-running' });
  });

  it('is cancelled is ended, and that is no error of its own', async () => {
    const plugin = await failing('for (;;);');
    const { pid } = plugin.status();
    const abort = new AbortController();
    const running = plugin.invoke('cancel_scan', [], { ...soon, signal: abort.signal });
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'plugins/cancelled' });
    expect(plugin.status().state).toBe('stopped');
    expect(pid !== undefined && isAlive(pid)).toBe(false);
  });

  it('fills its heap is a crash that says so', async () => {
    const plugin = await failing('const all = []; for (;;) all.push({ text: String(all.length) });');
    await expect(plugin.invoke('cancel_scan', [], soon)).rejects.toMatchObject({
      code: 'plugins/crashed',
      message: expect.stringContaining('ran out of its 64 MB of heap'),
    });
    expect(plugin.status()).toMatchObject({ state: 'error', error: { code: 'plugins/crashed' } });
  });

  it('fills memory outside its heap is ended too', async () => {
    const plugin = await failing('const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));');
    await expect(plugin.invoke('cancel_scan', [], soon)).rejects.toMatchObject({
      code: 'plugins/crashed',
      message: expect.stringMatching(/held \d+ MB of memory and was ended; it may hold 256 MB/),
    });
  });

  it('does not come to an end in shutdown is ended', async () => {
    const plugin = await workshop.start(analyzer('async shutdown() { await new Promise(() => {}); }'));
    const { pid } = plugin.status();
    await plugin.stop();
    expect(plugin.status().state).toBe('stopped');
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    expect(plugin.log.read(0, 10).entries.at(-1)?.message).toMatch(/shutdown\(\) failed\..*within 0\.3 s/);
  });

  it('leaves a promise or a timer to fail has that in its log', async () => {
    const plugin = await failing(
      'Promise.reject(new Error("unseen")); setTimeout(() => { throw new Error("later"); }, 0); await new Promise((r) => setTimeout(r, 20));',
    );
    await plugin.invoke('cancel_scan', [], soon);
    const text = plugin.log
      .read(0, 10)
      .entries.map(({ level, message }) => `${level}: ${message}`)
      .join('\n');
    expect(text).toMatch(
      /error: A promise was rejected and nobody caught it: Error: unseen\n\s+at .*src\/sample\.ts:7/,
    );
    expect(text).toMatch(/error: A callback of setTimeout threw: Error: later/);
  });
});

describe('a plugin that publishes 100,000 events at once', () => {
  beforeEach(async () => {
    workshop = await openWorkshop();
  });

  it('has all of them counted, fills its subscribers by their policy, and leaves the host responsive', async () => {
    const count = 100_000;
    const plugin = await workshop.start(
      analyzer(`async cancelScan() {
        for (let i = 0; i < ${count}; i++) this.eventBus.publish({ event_type: 'custom.flood', data: { i }, tags: ['flood'] });
        return true;
      }`),
    );
    let heard = 0;
    let inOrder = true;
    workshop.bus.onDidPublish.on(({ event_type, data }) => {
      if (event_type !== 'custom.flood') return;
      inOrder &&= data?.i === heard;
      heard++;
    });
    let first = () => {};
    const started = new Promise<void>((resolve) => {
      first = resolve;
    });
    const slow = workshop.bus.subscribe(
      'slow',
      () => {
        first();
        return new Promise(() => {});
      },
      { event_types: ['custom.*'] },
    );
    let turns = 0;
    const countTurns = () => {
      turns++;
      if (heard < count) setImmediate(countTurns);
    };
    const running = plugin.invoke('cancel_scan', [], { timeoutMs: 60_000 });
    await started;
    countTurns();
    const other = await workshop.start(analyzer(''));
    expect(heard).toBeLessThan(count);
    expect(await other.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
    expect(await running).toBe(true);
    expect(heard).toBe(count);
    expect(inOrder).toBe(true);
    const subscription = workshop.bus
      .listSubscriptions()
      .find(({ subscription_id }) => subscription_id === slow.subscription_id);
    expect(subscription?.events_dropped).toBeGreaterThan(count - 1100);
    expect(turns).toBeGreaterThan(100);
    expect(plugin.status().state).toBe('ready');
  }, 60_000);
});
