import { describe, expect, it } from 'vitest';
import { AnalyzerPlugin } from '../analyzer-plugin';
import { LifecycleError, PluginError, SecurityError } from '../errors';
import * as ambient from './ambient';
import { fakeClock } from './fake-clock';
import { createTestContext } from './test-context';
import { createTestRegistry } from './test-registry';

describe('a test context', () => {
  it('gives the configuration, and keeps the log', () => {
    const { config, configManager, logger } = createTestContext({ config: { rules: { least: 3 } } });
    expect(configManager.get('rules.least', 0)).toBe(3);
    expect(configManager.get('rules.none', 7)).toBe(7);
    expect(config.rules.least).toBe(3);
    logger.warning('found', { count: 1 }, new TypeError('odd'));
    expect(logger.messages('warning')).toEqual(['found {"count":1} TypeError: odd']);
    expect(logger.lines).toMatchObject([{ level: 'warning' }]);
  });

  it('grants nothing that it was not told to', async () => {
    const { files, network, db } = createTestContext();
    await expect(files.readText('a.txt')).rejects.toBeInstanceOf(SecurityError);
    await expect(network.fetch('https://example.org')).rejects.toBeInstanceOf(SecurityError);
    await expect(db.query('a.db', 'SELECT 1')).rejects.toBeInstanceOf(SecurityError);
    await expect(ambient.fetch('https://example.org')).rejects.toBeInstanceOf(SecurityError);
  });

  it('holds files in memory, inside the folder of the plugin and the one for temporary files', async () => {
    const { files, temp_directory } = createTestContext({ files: { 'data/feed.json': '[]' } });
    expect(await files.readText('./data/../data/feed.json')).toBe('[]');
    await files.write('data/out.txt', 'a');
    await files.append('data/out.txt', 'é');
    await files.write(`${temp_directory}/x`, new Uint8Array([1, 2]));
    expect((await files.list('data')).map(({ name, size }) => [name, size])).toEqual([
      ['feed.json', 2],
      ['out.txt', 3],
    ]);
    expect((await files.list('.')).map(({ name, kind }) => [name, kind])).toEqual([['data', 'folder']]);
    await expect(files.remove('data')).rejects.toMatchObject({ details: { reason: 'ENOTEMPTY' } });
    await files.remove('data/feed.json');
    await files.remove('data/out.txt');
    await files.remove('data');
    expect(await files.stat('data')).toBeUndefined();
    await expect(files.readText('data/feed.json')).rejects.toMatchObject({ details: { reason: 'ENOENT' } });
    for (const path of ['../secret', '/etc/passwd', 'a/../../b']) {
      await expect(files.readText(path)).rejects.toBeInstanceOf(SecurityError);
    }
    expect(files.contents).toEqual({ [`${temp_directory}/x`]: '\u0001\u0002' });
  });

  it('answers requests as told, and remembers them', async () => {
    const { network } = createTestContext({
      network: ({ url, json }) =>
        url.endsWith('/busy') ? { status: 429, headers: { 'Retry-After': '2' } } : { json: json() },
    });
    const busy = await network.fetch('https://example.org/busy');
    expect([busy.ok, busy.status, busy.headers.get('retry-after')]).toEqual([false, 429, '2']);
    const echo = await ambient.fetch('https://example.org/echo', {
      method: 'post',
      headers: { 'X-A': '1' },
      body: '{"a":1}',
    });
    expect(await echo.json()).toEqual({ a: 1 });
    expect(network.requests[1]).toMatchObject({ method: 'POST', headers: { 'x-a': '1' }, body: '{"a":1}' });
    await expect(network.connect({ host: 'example.org', port: 1 })).rejects.toBeInstanceOf(SecurityError);
  });

  it('says which addresses have answers where there is none', async () => {
    const { network } = createTestContext({ network: { 'https://example.org/a': 'yes' } });
    expect(await (await network.fetch('https://example.org/a')).text()).toBe('yes');
    await expect(network.fetch('https://example.org/b')).rejects.toThrow(/https:\/\/example\.org\/a/);
    await expect(network.fetch('https://example.org/b')).rejects.toBeInstanceOf(PluginError);
  });
});

describe('the fake clock', () => {
  it('runs timers when it is their time, in their order, and repeated ones again', async () => {
    const clock = fakeClock('2026-01-31T12:00:00Z');
    const FakeDate = ambient.Date as unknown as DateConstructor;
    try {
      const said: string[] = [];
      ambient.setTimeout(() => void said.push(`late ${new FakeDate().toISOString()}`), 300);
      const every = ambient.setInterval(() => void said.push('again'), 100);
      ambient.setTimeout(() => ambient.clearInterval(every), 250);
      await clock.tick(1000);
      expect(said).toEqual(['again', 'again', 'late 2026-01-31T12:00:00.300Z']);
      expect(clock.waiting).toBe(0);
      expect(FakeDate.now()).toBe(clock.now());
      expect(new FakeDate(0).getTime()).toBe(0);
      expect(new FakeDate() instanceof FakeDate).toBe(true);
      await expect(clock.tick(-1)).rejects.toBeInstanceOf(RangeError);
    } finally {
      clock.restore();
    }
    expect(FakeDate.now()).toBeGreaterThan(clock.now());
    expect(() => fakeClock('not a time')).toThrow(RangeError);
  });
});

describe('a test registry', () => {
  class Sample extends AnalyzerPlugin<{ least?: number }> {
    stopped = false;
    override getSupportedTypes() {
      return ['source_code'];
    }
    override async analyze({ request_id }: { request_id: string }) {
      await this.eventBus.publish({ event_type: 'custom' });
      return { request_id, status: 'success' as const };
    }
    override async shutdown() {
      this.stopped = true;
    }
  }

  it('loads plugins on one bus, finds them and unloads them', async () => {
    const registry = createTestRegistry();
    const sample = await registry.load(Sample, { plugin_id: 'sample:1.0.0', config: { least: 2 } });
    expect(registry.get('sample:1.0.0')).toBe(sample);
    expect([sample.status, sample.config.least]).toEqual(['ready', 2]);
    await expect(registry.load(Sample, { plugin_id: 'sample:1.0.0' })).rejects.toBeInstanceOf(LifecycleError);
    await registry.load(Sample);
    await sample.analyze({ request_id: '1' });
    expect(registry.eventBus.published.map(({ event_type, source }) => [event_type, source])).toEqual([
      ['plugin.loaded', 'plugin-registry'],
      ['plugin.loaded', 'plugin-registry'],
      ['custom', 'sample:1.0.0'],
    ]);
    expect(registry.list()).toEqual(['sample:1.0.0', 'Sample:1.0.0']);
    expect(await registry.unload('sample:1.0.0')).toBe(true);
    expect(await registry.unload('sample:1.0.0')).toBe(false);
    expect([sample.stopped, sample.status, registry.get('sample:1.0.0')]).toEqual([true, 'stopped', undefined]);
    await registry.stop();
    expect(registry.list()).toEqual([]);
  });

  it('does not keep a plugin that cannot start', async () => {
    class Broken extends Sample {
      override async initialize() {
        throw new Error('no rules');
      }
    }
    const registry = createTestRegistry();
    await expect(registry.load(Broken)).rejects.toThrow('no rules');
    expect(registry.list()).toEqual([]);
  });
});
