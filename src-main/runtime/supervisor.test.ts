import { readFile } from 'node:fs/promises';
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

describe.each(runtimes)('a plugin in a process of $name', ({ execPath }) => {
  beforeEach(async () => {
    workshop = await openWorkshop({}, execPath);
  });

  it('starts, answers calls by their wire names, and stops', async () => {
    const plugin = await workshop.start(analyzer('getRulesInfo() { return { rules: 3 }; }'));
    const { pid } = plugin.status();
    expect(plugin.status()).toMatchObject({
      state: 'ready',
      pluginId: 'sample:1.0.0',
      isolation: workshop.supervisor.isolation,
    });
    expect(await plugin.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
    expect(await plugin.invoke('get_rules_info', [], soon)).toEqual({ rules: 3 });
    expect(await plugin.invoke('analyze', [request], soon)).toEqual({ request_id: 'r1', status: 'success' });
    expect(await plugin.invoke('validate_request', [request], { timeoutMs: 1e12 })).toBe(true);
    expect(await plugin.invoke('get_analysis_stats', [], soon)).toMatchObject({
      total_requests: 1,
      failed_requests: 0,
    });
    expect(await plugin.invoke('health_check', [], soon)).toMatchObject({
      status: 'healthy',
      plugin_id: 'sample:1.0.0',
    });
    expect(await plugin.invoke('get_metadata', [], soon)).toMatchObject({ name: 'sample', version: '1.0.0' });
    await plugin.stop();
    expect(plugin.status().state).toBe('stopped');
    expect(pid !== undefined && isAlive(pid)).toBe(false);
  });

  it('goes through the states of the contract', async () => {
    const plugin = await workshop.start(analyzer(''));
    const states: string[] = [plugin.status().state];
    plugin.onDidChangeStatus.on(({ state }) => states.push(state));
    await plugin.invoke('analyze', [request], soon);
    await plugin.stop();
    expect(states).toEqual(['ready', 'running', 'ready', 'stopping', 'stopped']);
  });

  it('is told on the bus when it is loaded and unloaded', async () => {
    const types: [string, string | undefined, unknown][] = [];
    workshop.bus.onDidPublish.on(({ event_type, source, source_type }) =>
      types.push([event_type, source, source_type]),
    );
    await (await workshop.start(analyzer(''))).stop();
    expect(types).toEqual([
      ['plugin.loaded', 'sample:1.0.0', 'plugin'],
      ['plugin.unloaded', 'sample:1.0.0', 'plugin'],
    ]);
  });

  it('knows its context and nothing of the host', async () => {
    process.env.SECRET_OF_THE_PERSON = 'x';
    const plugin = await workshop.start(
      analyzer(
        'getRulesInfo() { const { logger, eventBus, configManager, memoryUsage, files, network, db, ...data } = this.context; return data; }',
      ),
      { depth: { of: 1 } },
    );
    expect(await plugin.invoke('get_rules_info', [], soon)).toMatchObject({
      plugin_id: 'sample:1.0.0',
      instance_id: plugin.instanceId,
      working_directory: workshop.folder,
      config: { depth: { of: 1 } },
      environment: 'development',
    });
    const environment = await readFile(`/proc/${plugin.status().pid}/environ`, 'utf8');
    expect(environment).toContain('ELECTRON_RUN_AS_NODE=1');
    expect(environment).not.toMatch(/SECRET_OF_THE_PERSON|NODE_OPTIONS|HOME=/);
    delete process.env.SECRET_OF_THE_PERSON;
  });
});

describe('configuration', () => {
  beforeEach(async () => {
    workshop = await openWorkshop();
  });

  const source = analyzer(`
    seen = [];
    async onConfigChanged(next) {
      this.seen.push([next, this.config]);
      if (next.level === 'bad') throw new sdk.ConfigurationError('no such level');
    }
    getRulesInfo() { return { seen: this.seen, managed: this.context.configManager.get('nested.level', 'none') }; }
  `);

  it('reaches the running plugin merged, and tells how long that took', async () => {
    const plugin = await workshop.start(source, { level: 'low', kept: 1 });
    const applied = await plugin.reloadConfig({ level: 'high', nested: { level: 7 } }, 2);
    expect(applied).toMatchObject({ instanceId: plugin.instanceId, pluginId: 'sample:1.0.0', generation: 2 });
    expect(applied.error).toBeUndefined();
    expect(applied.durationMs).toBeGreaterThan(0);
    expect(plugin.status()).toMatchObject({ state: 'ready', configGeneration: 2 });
    expect(await plugin.invoke('get_rules_info', [], soon)).toEqual({
      seen: [
        [
          { level: 'high', nested: { level: 7 } },
          { level: 'high', kept: 1, nested: { level: 7 } },
        ],
      ],
      managed: 7,
    });
  });

  it('that the plugin throws at is reported, and the plugin goes on', async () => {
    const plugin = await workshop.start(source);
    const applied = await plugin.reloadConfig({ level: 'bad' }, 2);
    expect(applied).toMatchObject({ generation: 2, error: 'ConfigurationError: no such level' });
    expect(plugin.status().configGeneration).toBe(1);
    expect(await plugin.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
  });
});

describe('configuration that comes while the plugin works', () => {
  beforeEach(async () => {
    workshop = await openWorkshop({ startupTimeoutMs: 3000 });
  });

  const source = analyzer(`
    told = [];
    async enrich(forMs) {
      await this.eventBus.publish({ event_type: 'custom.begun' });
      for (const end = Date.now() + forMs; Date.now() < end; );
      this.told.push(['worked with', this.config.level]);
    }
    async onConfigChanged({ level, hang }) {
      this.told.push(['took', level]);
      if (hang) await new Promise(() => {});
    }
    getRulesInfo() { return { told: this.told }; }
  `);

  const begun = () =>
    new Promise<void>((resolve) => {
      workshop.bus.onDidPublish.on(({ event_type }) => event_type === 'custom.begun' && resolve());
    });

  it('waits for the call in progress, however long that is, and kills nobody', async () => {
    const plugin = await workshop.start(source, { level: 'low' });
    const hasBegun = begun();
    const working = plugin.invoke('enrich', [4000], { timeoutMs: 60_000 });
    await hasBegun;
    const applied = await Promise.all([
      plugin.reloadConfig({ level: 'high' }, 2),
      plugin.reloadConfig({ level: 'low' }, 3),
    ]);
    await working;
    expect(applied).toEqual([expect.not.objectContaining({ error: expect.anything() }), expect.anything()]);
    expect(plugin.status()).toMatchObject({ state: 'ready', configGeneration: 3 });
    expect(await plugin.invoke('get_rules_info', [], soon)).toEqual({
      told: [
        ['worked with', 'low'],
        ['took', 'high'],
        ['took', 'low'],
      ],
    });
  });

  it('and is never taken is ended once the plugin had its time', async () => {
    const plugin = await workshop.start(source, { level: 'low' });
    const applied = await plugin.reloadConfig({ level: 'high', hang: true }, 2);
    expect(applied.error).toMatch(/did not answer within 3 s/);
    expect(plugin.status()).toMatchObject({ state: 'error', configGeneration: 1, error: { code: 'plugins/timeout' } });
  });

  it('does not keep the plugin from stopping', async () => {
    const plugin = await workshop.start(source, { level: 'low' });
    const hasBegun = begun();
    const working = plugin.invoke('enrich', [500], { timeoutMs: 60_000 });
    await hasBegun;
    const reloading = plugin.reloadConfig({ level: 'high' }, 2);
    const stopping = plugin.stop();
    expect((await reloading).error).toMatch(/The plugin is stopping/);
    // It may be gone before that has ended.
    await Promise.allSettled([working, stopping]);
    expect(plugin.status()).toMatchObject({ state: 'stopped', configGeneration: 1 });
  });
});

describe('a start that is stopped', () => {
  it('ends at once, with its process, and is no failure of the plugin', async () => {
    workshop = await openWorkshop();
    const artifact = await workshop.build(
      analyzer(
        "async initialize() { await this.eventBus.publish({ event_type: 'custom.begun' }); await new Promise(() => {}); }",
      ),
    );
    const types: string[] = [];
    const abort = new AbortController();
    workshop.bus.onDidPublish.on(({ event_type }) => {
      types.push(event_type);
      if (event_type === 'custom.begun') abort.abort();
    });
    const start = () =>
      workshop.supervisor.start({
        folder: workshop.folder,
        manifest: { name: 'sample', version: '1.0.0' },
        artifact,
        config: {},
        generation: 1,
        signal: abort.signal,
      });
    await expect(start()).rejects.toMatchObject({ code: 'plugins/cancelled' });
    await expect(start()).rejects.toMatchObject({ code: 'plugins/cancelled' });
    expect(types).toEqual(['custom.begun', 'plugin.unloaded']);
  });
});

it('a plugin that is ready refuses to be made ready again, and goes on', async () => {
  workshop = await openWorkshop();
  const plugin = await workshop.start(analyzer(''));
  await expect(plugin.initialize()).rejects.toMatchObject({ code: 'plugins/lifecycle-error' });
  expect(await plugin.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
});

describe('what a plugin announces', () => {
  it('costs it nothing where a subscriber is full and wants errors', async () => {
    workshop = await openWorkshop();
    const full = { max_queue_size: 1, backpressure_policy: 'error' } as const;
    workshop.bus.subscribe('full', () => new Promise(() => undefined), { event_types: ['plugin.*'] }, full);
    // One is in delivery, one fills the queue.
    for (let i = 0; i < 2; i++) {
      workshop.bus.publish({ event_type: 'plugin.config_updated' });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(() => workshop.bus.publish({ event_type: 'plugin.config_updated' })).toThrow(/is full/);
    const plugin = await workshop.start(analyzer(''));
    expect(await plugin.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
    await plugin.stop();
    expect(plugin.status().state).toBe('stopped');
    expect(plugin.log.read(0, 10).entries).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/^plugin\.loaded did not reach every subscriber\. .*full/) },
      { level: 'warning', message: expect.stringMatching(/^plugin\.unloaded did not reach every subscriber\./) },
    ]);
  });
});

describe('a process that waits', () => {
  beforeEach(async () => {
    workshop = await openWorkshop();
  });

  it('takes the next plugin, and is gone after close', async () => {
    await workshop.supervisor.prepare();
    const plugin = await workshop.start(analyzer(''));
    const { pid } = plugin.status();
    await workshop.supervisor.prepare();
    await workshop.supervisor.close();
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    await expect(workshop.start(analyzer(''))).rejects.toMatchObject({ code: 'plugins/not-running' });
  });
});
