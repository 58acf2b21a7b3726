/** Small plugins of every type but the analyzer, for tests of runs. Each does what its request says. */
import { openRunningPlugin, type RunningPlugin } from './running-plugin.fixture';

const ENRICHER = `
import { type EnrichmentRequest, type EnrichmentResponse, EnricherPlugin, type EnrichmentType } from 'mcp-plugin-sdk';

export class Scripted extends EnricherPlugin {
  override getSupportedDataTypes() {
    return ['ip', 'domain'];
  }
  override getEnrichmentTypes(): EnrichmentType[] {
    return ['threat_intel', 'reputation'];
  }
  override async enrich(request: EnrichmentRequest): Promise<EnrichmentResponse> {
    const { request_id, data_type, data_value } = request;
    this.logger.info('asked for ' + data_value);
    if (data_value === 'throw.example') throw new TypeError('the indicator said so');
    if (data_value === 'bad.example') return { request_id, status: 'fine' } as never;
    if (data_value === 'partial.example') {
      return { request_id, status: 'partial', error_message: 'feed b is down', enrichments: [] };
    }
    const enrichments = [
      {
        source_type: data_type,
        source_value: data_value,
        enrichment_type: 'threat_intel' as const,
        confidence: 'high' as const,
        source_name: 'feed a',
        threat_score: 8.5,
        threat_categories: ['botnet'],
      },
    ];
    return { request_id, status: 'success', enrichments, sources_queried: 1, cache_hits: 1 };
  }
}
`;

/** Targets: a number of steps, \`fail\`, \`stay\` until it is cancelled, \`deaf\` to that, \`frozen\`, \`bad\`. */
const SCANNER = `
import { type ScanRequest, type ScanResponse, ScannerPlugin, type ScanType } from 'mcp-plugin-sdk';

interface Scan { request: ScanRequest; asked: number; cancelled: boolean }

export class Scripted extends ScannerPlugin {
  readonly scans = new Map<string, Scan>();

  override getSupportedScanTypes(): ScanType[] {
    return ['network', 'secrets'];
  }
  override getScanProfiles() {
    return { default: { ports: 10 }, deep: { ports: 1000 } };
  }
  override async startScan(request: ScanRequest): Promise<ScanResponse> {
    const id = 'scan-' + (this.scans.size + 1);
    this.scans.set(id, { request, asked: 0, cancelled: false });
    setTimeout(() => {
      this.logger.info('between calls');
      void this.eventBus.publish({ event_type: 'custom.between' });
    }, 0);
    return { request_id: request.request_id, scan_id: id, status: 'pending', progress: 0, current_activity: 'starting' };
  }
  override async getScanStatus(scanId: string): Promise<ScanResponse> {
    const scan = this.scans.get(scanId)!;
    const { request_id, target, scan_type, scan_profile } = scan.request;
    const answer = { request_id, scan_id: scanId };
    scan.asked++;
    if (target === 'frozen') for (;;);
    if (scan.cancelled && target !== 'deaf') return { ...answer, status: 'cancelled', progress: 10 };
    if (target === 'bad') return { ...answer, status: 'odd' } as never;
    if (target === 'fail') return { ...answer, status: 'failed', error_message: 'no route to host' };
    const steps = Number(target) || Number.POSITIVE_INFINITY;
    const done = scan.asked >= steps;
    if (!done) await this.eventBus.publish({ event_type: 'custom.asked' });
    const findings = Array.from({ length: Math.min(scan.asked, 5) }, (_, at) => ({ title: 'port ' + at, severity: 'low', host: '127.0.0.1', port: at }));
    const result = { scan_id: scanId, target, scan_type, status: 'running' as const, findings, scan_config: { scan_profile } };
    return done
      ? { ...answer, status: 'completed', progress: 100, result: { ...result, status: 'completed', risk_score: 4 } }
      : { ...answer, status: 'running', progress: 50, current_activity: 'port ' + scan.asked, result };
  }
  override async cancelScan(scanId: string): Promise<boolean> {
    const scan = this.scans.get(scanId);
    if (scan === undefined) return false;
    scan.cancelled = true;
    this.logger.info('cancelled');
    return true;
  }
}
`;

const NOTIFIER = `
import { type Channel, type NotificationRequest, type NotificationResponse, NotifierPlugin } from 'mcp-plugin-sdk';

export class Scripted extends NotifierPlugin {
  override getSupportedChannels(): Channel[] {
    return ['slack', 'email'];
  }
  override getChannelConfigSchema(channel: Channel) {
    return { type: 'object', title: channel };
  }
  override async sendNotification(request: NotificationRequest): Promise<NotificationResponse> {
    const results = request.channels.map((channel) => ({
      notification_id: 'n-' + channel,
      channel,
      success: !request.message?.includes('no ' + channel),
      status_message: request.message?.includes('no ' + channel) ? 'unreachable' : 'ok',
      response_data: { sent: request.message },
    }));
    const failed = results.filter(({ success }) => !success).length;
    const status = failed === 0 ? 'success' : failed === results.length ? 'failed' : 'partial';
    return { request_id: request.request_id, notification_id: 'n', status, results };
  }
}
`;

const PROCESSOR = `
import { type EventInput, ProcessorPlugin, type SecurityEvent } from 'mcp-plugin-sdk';

export class Scripted extends ProcessorPlugin {
  override async initialize() {
    await this.eventBus.subscribe(this.pluginId, async (event) => {
      await this.eventBus.publish({ event_type: 'custom.heard', parent_event_id: event.event_id });
    }, { event_types: ['custom.over-the-bus'] });
  }
  override async process(event: SecurityEvent): Promise<EventInput[]> {
    if (event.event_type === 'custom.throw') throw new RangeError('too much');
    if (event.event_type === 'custom.loop') for (;;);
    if (event.event_type === 'custom.drop') return [];
    return ['custom.one', 'custom.two'].map((event_type) => ({ event_type, parent_event_id: event.event_id }));
  }
}
`;

const CONNECTOR = `
import { ConnectorPlugin } from 'mcp-plugin-sdk';

export class Scripted extends ConnectorPlugin {
  override async initialize() {
    await this.eventBus.subscribe(this.pluginId, async (event) => {
      await this.eventBus.publish({ event_type: 'data.exported', data: { id: event.event_id } });
    }, { event_types: ['security.**'] });
  }
}
`;

export const TYPED_PLUGINS = {
  enricher: ENRICHER,
  scanner: SCANNER,
  notifier: NOTIFIER,
  processor: PROCESSOR,
  connector: CONNECTOR,
} as const;

export type TypedPlugin = keyof typeof TYPED_PLUGINS;

export const typedManifest = (type: TypedPlugin) => ({ plugin_type: type, config_schema: { type: 'object' } });

export const openTypedPlugin = (type: TypedPlugin, manifest: object = {}): Promise<RunningPlugin> =>
  openRunningPlugin({ source: TYPED_PLUGINS[type], manifest: { ...typedManifest(type), ...manifest } });
