import { describe, expect, it } from 'vitest';
import {
  type AnalysisRequest,
  type AnalysisResponse,
  AnalyzerPlugin,
  BasePlugin,
  ConfigurationError,
  EnricherPlugin,
  type EventBus,
  type NotificationRequest,
  NotifierPlugin,
  type PluginContext,
  PluginError,
  ScannerPlugin,
  type ScanRequest,
  SecurityError,
} from '.';
import { METHOD_NAMES } from './method-names';

const silent = () => undefined;

const contextWith = (config: Record<string, unknown> = {}): PluginContext => ({
  plugin_id: 'sample:1.2.0',
  instance_id: 'instance',
  config,
  logger: { debug: silent, info: silent, warning: silent, error: silent },
  eventBus: {} as EventBus,
  files: {} as PluginContext['files'],
  network: {} as PluginContext['network'],
  db: {} as PluginContext['db'],
  configManager: { getConfig: () => config, get: (_path, fallback) => fallback },
  startup_time: '2026-01-01T00:00:00.000Z',
  working_directory: '/plugin',
  temp_directory: '/temp',
  platform_version: '1.0.0',
  api_version: '1.0',
  environment: 'production',
  memoryUsage: () => 1234,
});

class Analyzer extends AnalyzerPlugin {
  override getSupportedTypes() {
    return ['source_code'];
  }
  override async analyze(request: AnalysisRequest): Promise<AnalysisResponse> {
    return { request_id: request.request_id, status: 'success' };
  }
}

const notUsed = async (): Promise<never> => {
  throw new Error('not used');
};

class Notifier extends NotifierPlugin {
  override sendNotification = notUsed;
  override getSupportedChannels() {
    return ['email' as const, 'slack' as const];
  }
}

class Scanner extends ScannerPlugin {
  override startScan = notUsed;
  override getScanStatus = notUsed;
  override cancelScan = notUsed;
  override getSupportedScanTypes() {
    return ['network' as const];
  }
}

class Enricher extends EnricherPlugin {
  override enrich = notUsed;
  override getSupportedDataTypes() {
    return ['ip'];
  }
  override getEnrichmentTypes() {
    return [];
  }
}

describe('every plugin', () => {
  it('knows itself from its context', () => {
    const plugin = new Analyzer(contextWith({ a: 1 }));
    expect(plugin).toMatchObject({ pluginId: 'sample:1.2.0', config: { a: 1 }, status: 'loaded' });
    expect(plugin.getMetadata()).toMatchObject({ plugin_id: 'sample:1.2.0', name: 'sample', version: '1.2.0' });
  });

  it('is healthy from initialize on, with its uptime and memory', async () => {
    const plugin = new Analyzer(contextWith());
    expect(await plugin.healthCheck()).toEqual({
      status: 'healthy',
      plugin_id: 'sample:1.2.0',
      uptime: 0,
      memory_usage: 1234,
    });
    plugin.noteCall({ method: 'initialize', duration: 0, failed: false });
    expect((await plugin.healthCheck()).uptime).toBeGreaterThanOrEqual(0);
  });

  it('merges a new configuration before it is told', async () => {
    const seen: unknown[] = [];
    class Watching extends BasePlugin {
      override async onConfigChanged(next: Record<string, unknown>) {
        seen.push({ next, config: { ...this.config } });
      }
    }
    await new Watching(contextWith({ kept: 1, level: 'low' })).reloadConfig({ level: 'high' });
    expect(seen).toEqual([{ next: { level: 'high' }, config: { kept: 1, level: 'high' } }]);
  });

  it('counts what it handled and what failed', () => {
    const plugin = new Analyzer(contextWith());
    expect(plugin.getMetrics()).toMatchObject({ events_processed: 0, errors: 0, last_activity: null });
    plugin.noteCall({ method: 'deliver', duration: 0.1, failed: false });
    plugin.noteCall({ method: 'deliver', duration: 0.1, failed: true });
    expect(plugin.getMetrics()).toMatchObject({
      events_processed: 1,
      errors: 1,
      last_activity: expect.stringMatching(/Z$/),
    });
  });
});

describe('checking a request', () => {
  it('of an analyzer wants a supported type and something to analyse', () => {
    const plugin = new Analyzer(contextWith());
    const valid = (target_type: string, target_data: object) =>
      plugin.validateRequest({ request_id: '1', target_type, target_data });
    expect(valid('source_code', { content: '' })).toBe(true);
    expect([valid('', { content: 'x' }), valid('binary', { content: 'x' }), valid('source_code', {})]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('of a notifier wants words, and channels that it serves', () => {
    const plugin = new Notifier(contextWith());
    const valid = (fields: Partial<NotificationRequest>) =>
      plugin.validateRequest({
        request_id: '1',
        notification_type: 'alert',
        channels: ['email'],
        title: 'x',
        ...fields,
      });
    expect(valid({})).toBe(true);
    expect(valid({ title: '', message: 'y' })).toBe(true);
    expect([valid({ title: '' }), valid({ channels: [] }), valid({ channels: ['email', 'sms'] })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('of a scanner wants a target, a type and a profile that it has', () => {
    const plugin = new Scanner(contextWith());
    const valid = (fields: Partial<ScanRequest>) =>
      plugin.validateRequest({ request_id: '1', scan_type: 'network', target: 'host', ...fields });
    expect(valid({})).toBe(true);
    expect([valid({ target: '' }), valid({ scan_type: 'malware' }), valid({ scan_profile: 'deep' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('of an enricher wants an indicator of a supported type', () => {
    const plugin = new Enricher(contextWith());
    const valid = (data_type: string, data_value: string) =>
      plugin.validateRequest({ request_id: '1', data_type, data_value });
    expect([valid('ip', '10.0.0.1'), valid('ip', ''), valid('hash', 'x')]).toEqual([true, false, false]);
  });
});

describe('the figures of an analyzer', () => {
  it('follow the calls that were made', () => {
    const plugin = new Analyzer(contextWith());
    const result = { vulnerabilities: [{}, {}], files_analyzed: 3 };
    plugin.noteCall({ method: 'analyze', duration: 0.5, failed: false, result });
    plugin.noteCall({ method: 'analyze', duration: 1.5, failed: true });
    plugin.noteCall({ method: 'get_rules_info', duration: 9, failed: false });
    expect(plugin.getAnalysisStats()).toEqual({
      total_requests: 2,
      successful_requests: 1,
      failed_requests: 1,
      total_duration: 2,
      average_duration: 1,
      vulnerabilities_found: 2,
      files_analyzed: 3,
    });
  });
});

describe('an error', () => {
  it('is told apart by its name, also when it comes from outside the bundle', () => {
    const fromOutside = Object.assign(new Error('no'), { name: 'SecurityError' });
    expect(fromOutside instanceof SecurityError).toBe(true);
    expect(fromOutside instanceof PluginError).toBe(true);
    expect(fromOutside instanceof ConfigurationError).toBe(false);
    expect(new Error('plain') instanceof PluginError).toBe(false);
  });

  it('of the plugin’s own is one of its class and of the base class only', () => {
    class Own extends PluginError {}
    expect(new Own('x') instanceof Own).toBe(true);
    expect(new Own('x') instanceof PluginError).toBe(true);
    expect(new PluginError('x') instanceof Own).toBe(false);
    expect(new ConfigurationError('x', { details: { a: 1 } })).toMatchObject({
      name: 'ConfigurationError',
      details: { a: 1 },
    });
  });
});

describe('the table of names', () => {
  it('has one camelCase name for each wire name, and every method of the classes in it', () => {
    for (const [wire, name] of Object.entries(METHOD_NAMES)) {
      const expected = wire.replace(/^_/, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(name).toBe(expected);
    }
    const named = new Set<string>(Object.values(METHOD_NAMES));
    const classes = [BasePlugin, AnalyzerPlugin, EnricherPlugin, ScannerPlugin, NotifierPlugin];
    const methods = classes.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
    expect(methods.filter((name) => !named.has(name) && name !== 'constructor' && name !== 'noteCall')).toEqual([]);
  });
});
