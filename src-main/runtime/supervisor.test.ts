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
        'getRulesInfo() { const { logger, eventBus, configManager, memoryUsage, ...data } = this.context; return data; }',
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
    expect((await plugin.reloadConfig({ level: 'bad' }, 2)).error).toBe('ConfigurationError: no such level');
    expect(await plugin.invoke('get_supported_types', [], soon)).toEqual(['source_code']);
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

  it('makes a start faster than a cold one', async () => {
    const artifact = await workshop.build(analyzer(''));
    const manifest = { name: 'sample', version: '1.0.0' };
    const start = async () => {
      const before = performance.now();
      await workshop.supervisor.start({ folder: workshop.folder, manifest, artifact, config: {}, generation: 1 });
      return performance.now() - before;
    };
    const cold = await start();
    await workshop.supervisor.prepare();
    expect(await start()).toBeLessThan(cold / 2);
  });
});
