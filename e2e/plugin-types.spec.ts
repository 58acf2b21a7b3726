/** Plugins of every type but the analyzer, each through the window: its request, its results, and its methods. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect as withinSeconds } from './fixtures/studio';

// Every plugin is built and gets a process.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(180_000);

const tool = (page: Page, name: string) => page.getByRole('tabpanel', { name, exact: true });
const rows = (page: Page, grid: string) => page.getByRole('grid', { name: grid }).getByRole('row');
const lastRun = (page: Page) => page.getByRole('status', { name: 'Last run' });

async function writePlugin(folder: string, type: string, source: string, samples: Record<string, string>) {
  const manifest = { name: `small-${type}`, version: '1.0.0', plugin_type: type, entry_point: 'src.plugin:Small' };
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(folder, 'samples'));
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(manifest, undefined, 2));
  await writeFile(join(folder, 'src', 'plugin.ts'), source);
  for (const [name, text] of Object.entries(samples)) await writeFile(join(folder, 'samples', name), text);
}

async function run(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
}

const ENRICHER = `
import { type EnrichmentRequest, type EnrichmentResponse, EnricherPlugin, type EnrichmentType } from 'mcp-plugin-sdk';

export class Small extends EnricherPlugin {
  override getSupportedDataTypes() { return ['ip', 'domain', 'hash']; }
  override getEnrichmentTypes(): EnrichmentType[] { return ['threat_intel', 'reputation']; }
  override async enrich({ request_id, data_type, data_value }: EnrichmentRequest): Promise<EnrichmentResponse> {
    const common = { source_type: data_type, source_value: data_value, source_name: 'feeds/indicators.csv' };
    const enrichments = data_value.startsWith('192.') ? [] : [
      { ...common, enrichment_type: 'threat_intel' as const, confidence: 'high' as const, threat_score: 9.1,
        threat_categories: ['command_and_control', 'botnet'], tags: ['apt-41'], iocs: ['update-cdn.example'],
        data_timestamp: '2026-11-20T08:00:00Z', enriched_data: { first_seen: '2026-10-02', campaigns: ['Kestrel'] } },
      { ...common, enrichment_type: 'reputation' as const, confidence: 'medium' as const, threat_score: 5.5 },
    ];
    return { request_id, status: 'success', enrichments, sources_queried: 2, cache_hits: data_type === 'domain' ? 1 : 0 };
  }
}
`;

test('an enricher tells of each indicator what is known, how sure that is and how bad', async ({
  openStudio,
  workFolder,
}) => {
  const folder = join(workFolder, 'enricher');
  const iocs = '203.0.113[.]77\nupdate-cdn.example\n192.0.2.1\n';
  await writePlugin(folder, 'enricher', ENRICHER, { 'iocs.txt': iocs });
  const { page } = await openStudio(folder);
  await run(page);
  await expect(lastRun(page)).toContainText('4 enrichments');
  const card = page.getByRole('listitem', { name: '203.0.113[.]77' });
  await expect(card.getByRole('meter', { name: 'Threat score of 203.0.113[.]77' })).toHaveAttribute(
    'aria-valuenow',
    '9.1',
  );
  await expect(card.getByText('high confidence')).toBeVisible();
  await expect(card.getByText('command and control')).toBeVisible();
  await expect(page.getByRole('listitem', { name: 'update-cdn.example' }).getByText('cached')).toBeVisible();
  await expect(page.getByRole('listitem', { name: '192.0.2.1' }).getByText('Nothing is known of it.')).toBeVisible();

  await page.getByRole('tab', { name: 'Request' }).click();
  const request = tool(page, 'Request');
  await request.getByRole('button', { name: 'Ask it' }).click();
  await request.getByRole('combobox', { name: 'Data type' }).click();
  await expect(page.getByRole('option', { name: 'hash' })).toBeVisible();
});

const SCANNER = `
import { type ScanRequest, type ScanResponse, ScannerPlugin, type ScanType } from 'mcp-plugin-sdk';

export class Small extends ScannerPlugin {
  readonly #scans = new Map<string, { request: ScanRequest; step: number; isOver: boolean }>();
  override getSupportedScanTypes(): ScanType[] { return ['network']; }
  override getScanProfiles() { return { default: { ports: 3 }, deep: { ports: 1000 } }; }
  override async startScan(request: ScanRequest): Promise<ScanResponse> {
    const scan_id = 'scan-' + (this.#scans.size + 1);
    this.#scans.set(scan_id, { request, step: 0, isOver: false });
    return { request_id: request.request_id, scan_id, status: 'running' };
  }
  override async getScanStatus(scan_id: string): Promise<ScanResponse> {
    const scan = this.#scans.get(scan_id)!;
    const { target, scan_type, request_id } = scan.request;
    const isEndless = target === 'endless.example';
    scan.step = isEndless ? Math.min(scan.step + 1, 2) : scan.step + 1;
    const found = [
      { finding_id: 'a', title: 'Redis without a password', severity: 'critical', host: '10.20.4.11', port: 6379 },
      { finding_id: 'b', title: 'Telnet is open', severity: 'high', host: '10.20.4.11', port: 23 },
      { finding_id: 'c', title: 'Port 22 is open: ssh', severity: 'info', host: '10.20.4.12', port: 22 },
    ].slice(0, scan.step);
    const status = scan.isOver ? 'cancelled' : scan.step >= 3 ? 'completed' : 'running';
    const done = status === 'completed';
    return {
      request_id, scan_id, status, progress: done ? 100 : scan.step * 33, current_activity: 'port ' + scan.step * 100,
      result: { scan_id, target, scan_type, status, findings: found, statistics: { ports_tried: scan.step * 100 },
        ...(done ? { risk_score: 8.2, risk_level: 'high' } : {}) },
    };
  }
  override async cancelScan(scan_id: string): Promise<boolean> {
    const scan = this.#scans.get(scan_id);
    if (scan !== undefined) scan.isOver = true;
    this.logger.info('cancel_scan was called');
    return scan !== undefined;
  }
}
`;

test('a scan shows how far it is and what it has found; Stop cancels it by the plugin itself', async ({
  openStudio,
  workFolder,
}) => {
  const folder = join(workFolder, 'scanner');
  await writePlugin(folder, 'scanner', SCANNER, { 'a-net.txt': '10.20.4.0/24', 'endless.txt': 'endless.example' });
  const { page } = await openStudio(folder);
  await run(page);
  await expect(lastRun(page)).toContainText('3 findings');
  await expect(page.getByRole('meter', { name: 'Risk 8.2 of 10' })).toBeVisible();
  await expect(page.getByText('ports tried')).toBeVisible();
  await expect(rows(page, 'Findings').nth(1)).toContainText('10.20.4.11:6379');

  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'endless.txt' }).click();
  await run(page);
  await expect(page.getByRole('progressbar', { name: 'Progress of the run' })).toHaveAttribute('aria-valuenow', '66');
  await expect(tool(page, 'Run').getByText('port 200')).toBeVisible();
  await expect(rows(page, 'Findings')).toHaveCount(3);
  await tool(page, 'Run').getByRole('button', { name: /^Stop/ }).click();
  await expect(lastRun(page)).toContainText('stopped');
  await page.getByRole('tab', { name: 'Run log', exact: true }).click();
  await expect(page.getByText('cancel_scan was called')).toBeVisible();
});

test('a method is called with what its form says, and answers with a value or an error', async ({
  openStudio,
  workFolder,
}) => {
  const folder = join(workFolder, 'scanner');
  await writePlugin(folder, 'scanner', SCANNER, { 'a-net.txt': '10.20.4.0/24' });
  const { page } = await openStudio(folder);
  await page.getByRole('tab', { name: 'Methods' }).click();
  const panel = tool(page, 'Methods');
  const pick = async (name: string) => {
    await panel.getByRole('combobox', { name: 'Method', exact: true }).click();
    await page.getByRole('option', { name, exact: true }).click();
  };
  await pick('get_scan_profiles');
  await panel.getByRole('button', { name: 'Call get_scan_profiles' }).click();
  await expect(panel.getByRole('tree', { name: 'Answer' })).toContainText('deep');
  await expect(panel.getByText(/^Answered in .*s$/)).toBeVisible();

  await pick('get_scan_status');
  await panel.getByRole('textbox', { name: /scan_id/ }).fill('none');
  await panel.getByRole('button', { name: 'Call get_scan_status' }).click();
  await expect(panel.getByText('The plugin failed')).toBeVisible();
  await expect(panel.getByRole('button', { name: /src\/plugin\.ts:\d+/ })).toBeVisible();

  await pick('start_scan');
  await panel.getByRole('textbox', { name: /Target/ }).fill('10.20.4.0/24');
  const showAs = panel.getByRole('radiogroup', { name: 'Show request as' });
  await showAs.getByText('JSON').click();
  await panel.getByRole('textbox', { name: 'request as JSON' }).fill('{');
  await expect(panel.getByRole('button', { name: 'Call start_scan' })).toBeDisabled();
  await showAs.getByText('Form').click();
  await expect(panel.getByRole('textbox', { name: /Target/ })).toHaveValue('10.20.4.0/24');
  await panel.getByRole('button', { name: 'Call start_scan' }).click();
  await expect(panel.getByRole('tree', { name: 'Answer' })).toContainText('scan-1');
});

const NOTIFIER = `
import { type Channel, type NotificationRequest, type NotificationResponse, NotifierPlugin } from 'mcp-plugin-sdk';

export class Small extends NotifierPlugin {
  override getSupportedChannels(): Channel[] { return ['slack', 'email']; }
  override async sendNotification(request: NotificationRequest): Promise<NotificationResponse> {
    const { request_id, message = '', title = '' } = request;
    const sent = { text: title, blocks: [{ type: 'section', text: message }] };
    return {
      request_id, notification_id: 'n-1', status: 'partial',
      results: [
        { notification_id: 'n-1', channel: 'slack', success: true, status_code: 200, status_message: 'ok', retry_count: 2,
          delivered_at: '2026-11-20T08:15:00Z', delivery_duration: 1.25, recipients: ['#security'],
          response_data: { request: sent, body: 'ok' } },
        { notification_id: 'n-1', channel: 'email', success: false, status_code: 451, status_message: 'greylisted',
          will_retry: true, retry_count: 1, next_retry_at: '2026-11-20T08:20:00Z', failed_recipients: ['soc@corp.example'] },
      ],
    };
  }
}
`;

test('a notifier shows what became of each channel, and what was sent there', async ({ openStudio, workFolder }) => {
  const folder = join(workFolder, 'notifier');
  const alert = {
    title: 'SQL injection',
    message: 'In orders-service.',
    channels: ['slack', 'email'],
    priority: 'high',
  };
  await writePlugin(folder, 'notifier', NOTIFIER, { 'alert.json': JSON.stringify(alert) });
  const { page } = await openStudio(folder);
  await run(page);
  await expect(lastRun(page)).toContainText('2 deliveries');
  await expect(rows(page, 'Deliveries').nth(1)).toContainText(/sent.*slack.*SQL injection.*200 ok.*2/);
  await expect(rows(page, 'Deliveries').nth(2)).toContainText(/will retry.*email.*451 greylisted/);
  const delivery = page.getByRole('region', { name: 'Delivery' });
  await expect(delivery.getByText('#security')).toBeVisible();
  await expect(delivery.getByRole('tree', { name: 'What the channel answered' })).toContainText('blocks');
  await rows(page, 'Deliveries').nth(2).click();
  await expect(delivery.getByText('soc@corp.example')).toBeVisible();
});

const PROCESSOR = `
import { type EventInput, ProcessorPlugin, type SecurityEvent } from 'mcp-plugin-sdk';

export class Small extends ProcessorPlugin {
  override async process(event: SecurityEvent): Promise<EventInput[]> {
    if (event.severity !== 'critical') return [];
    return ['security.incident_created', 'security.alert_triggered'].map((event_type) => ({
      event_type, event_name: 'Escalated: ' + event.event_name, severity: 'critical', parent_event_id: event.event_id,
    }));
  }
}
`;

test('a processor shows events in and out side by side, and what followed from which', async ({
  openStudio,
  workFolder,
}) => {
  const folder = join(workFolder, 'processor');
  const event = (event_id: string, event_name: string, severity: string) =>
    JSON.stringify({ event_id, event_type: 'security.vulnerability_detected', event_name, severity });
  const lines = [
    event('a', 'Telnet is open', 'low'),
    event('b', 'SQL injection', 'critical'),
    event('c', 'RCE', 'critical'),
  ];
  await writePlugin(folder, 'processor', PROCESSOR, { 'events.jsonl': lines.join('\n') });
  const { page } = await openStudio(folder);
  await run(page);
  await expect(lastRun(page)).toContainText('4 events out');
  await expect(rows(page, 'Events in')).toHaveCount(4);
  await expect(rows(page, 'Events out')).toHaveCount(5);
  await rows(page, 'Events in').nth(2).click();
  const detail = page.getByRole('region', { name: 'Event', exact: true });
  await expect(detail.getByText(/^2 events followed, in .*s\.$/)).toBeVisible();
  await rows(page, 'Events out').nth(3).click();
  await expect(detail.getByRole('tree', { name: 'Event' })).toContainText('"c"');
});

const SLOW_START = `
import { ProcessorPlugin } from 'mcp-plugin-sdk';

export class Small extends ProcessorPlugin {
  override async initialize() {
    await this.eventBus.publish({ event_type: 'custom.hangs' });
    await new Promise(() => undefined);
  }
}
`;

test('Stop works while the plugin is still starting, and is no refusal', async ({ openStudio, workFolder }) => {
  const folder = join(workFolder, 'slow');
  await writePlugin(folder, 'processor', SLOW_START, { 'event.json': '{"event_type":"custom"}' });
  const { page } = await openStudio(folder);
  await run(page);
  await tool(page, 'Run').getByRole('button', { name: /^Stop/ }).click();
  await expect(
    page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }),
  ).toBeVisible();
  await expect(page.getByText('The run did not begin')).toBeHidden();
});
