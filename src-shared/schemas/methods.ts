/**
 * The methods of the contract that may be called by hand, by plugin type, with what each takes. What belongs to a
 * plugin's life (initialize, shutdown, reload_config) is the host's to call, and is not among them.
 */
import { type TSchema, Type } from 'typebox';
import { AnalysisRequestSchema } from './analyzer';
import { EnrichmentRequestSchema } from './enricher';
import { EventInputSchema } from './events';
import type { PluginType } from './manifest';
import { ChannelSchema, NotificationRequestSchema } from './notifier';
import { ScanRequestSchema } from './scanner';

export interface MethodParameter {
  readonly name: string;
  readonly schema: TSchema;
}

export interface ContractMethod {
  /** As it is called on the wire, such as get_scan_profiles. */
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly MethodParameter[];
}

const method = (
  name: string,
  description: string,
  parameters: Readonly<Record<string, TSchema>> = {},
): ContractMethod => ({
  name,
  description,
  parameters: Object.entries(parameters).map(([parameter, schema]) => ({ name: parameter, schema })),
});

const EVERY_PLUGIN = [
  method('get_metadata', 'What the plugin is'),
  method('health_check', 'Whether it is well, for how long it runs, and the memory that it uses'),
  method('get_metrics', 'Events processed, errors and the last activity'),
];

const scanId = Type.String({ description: 'The id that start_scan gave', minLength: 1 });
const validates = (request: TSchema) =>
  method('validate_request', 'Whether the plugin would take this request', { request });

export const METHODS: Readonly<Record<PluginType, readonly ContractMethod[]>> = {
  analyzer: [
    method('get_supported_types', 'Target types that analyze takes'),
    method('get_rules_info', 'What the rules are'),
    method('get_analysis_stats', 'Figures about the analyses so far'),
    validates(AnalysisRequestSchema),
    method('analyze', 'Analyses one target', { request: AnalysisRequestSchema }),
    ...EVERY_PLUGIN,
  ],
  enricher: [
    method('get_supported_data_types', 'Types of indicators that enrich takes'),
    method('get_enrichment_types', 'What the plugin can tell of an indicator'),
    method('get_enrichment_stats', 'Figures about the enrichments so far'),
    validates(EnrichmentRequestSchema),
    method('enrich', 'Tells what is known about one indicator', { request: EnrichmentRequestSchema }),
    ...EVERY_PLUGIN,
  ],
  scanner: [
    method('get_supported_scan_types', 'What the plugin can scan for'),
    method('get_scan_profiles', 'The profiles by name, with what each does'),
    method('get_scanner_stats', 'Figures about the scans so far'),
    validates(ScanRequestSchema),
    method('start_scan', 'Begins a scan and returns at once with its scan_id', { request: ScanRequestSchema }),
    method('get_scan_status', 'How far a scan is', { scan_id: scanId }),
    method('cancel_scan', 'Stops a scan; false where there is none, or it has ended', { scan_id: scanId }),
    ...EVERY_PLUGIN,
  ],
  notifier: [
    method('get_supported_channels', 'Channels that the plugin serves'),
    method('get_channel_config_schema', 'The JSON Schema of what a channel needs to be told', {
      channel: ChannelSchema,
    }),
    method('test_channel', 'Tries a channel with the given settings', {
      channel: ChannelSchema,
      config: Type.Object({}, { description: 'The settings of the channel', default: {} }),
    }),
    method('get_notification_stats', 'Figures about the notifications so far'),
    validates(NotificationRequestSchema),
    method('send_notification', 'Sends to every channel of the request', { request: NotificationRequestSchema }),
    ...EVERY_PLUGIN,
  ],
  processor: [
    method('process', 'Turns one event into others, which are published', { event: EventInputSchema }),
    ...EVERY_PLUGIN,
  ],
  connector: EVERY_PLUGIN,
};

export const methodOf = (type: PluginType, name: string): ContractMethod | undefined =>
  METHODS[type].find((each) => each.name === name);
