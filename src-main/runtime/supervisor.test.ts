import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyzer, isAlive, openWorkshop, type PluginWorkshop, runtimes } from './plugin-workshop.fixture';

const soon = { timeoutMs: 10_000 };
const request = { request_id: 'r1', target_type: 'source_code', target_data: { content: 'x' } };

describe.each(runtimes)('a plugin in a process of $name', ({ execPath }) => {
  let workshop: PluginWorkshop;

  beforeEach(async () => {
    workshop = await openWorkshop({}, execPath);
  });
  afterEach(() => workshop.close());

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
    expect(await plugin.invoke('get_analysis_stats', [], soon)).toMatchObject({
      total_requests: 1,
      failed_requests: 0,
    });
    expect(await plugin.invoke('health_check', [], soon)).toMatchObject({
      status: 'healthy',
      plugin_id: 'sample:1.0.0',
    });
    await plugin.stop();
    expect(plugin.status().state).toBe('stopped');
    expect(pid !== undefined && isAlive(pid)).toBe(false);
  });
});
