/** The one table from the contract's wire names to what a plugin class calls the same method. No other alias exists. */
export const METHOD_NAMES = {
  initialize: 'initialize',
  shutdown: 'shutdown',
  get_metadata: 'getMetadata',
  health_check: 'healthCheck',
  get_metrics: 'getMetrics',
  reload_config: 'reloadConfig',
  _on_config_changed: 'onConfigChanged',
  validate_request: 'validateRequest',

  analyze: 'analyze',
  get_supported_types: 'getSupportedTypes',
  get_rules_info: 'getRulesInfo',
  get_analysis_stats: 'getAnalysisStats',

  enrich: 'enrich',
  get_supported_data_types: 'getSupportedDataTypes',
  get_enrichment_types: 'getEnrichmentTypes',
  get_enrichment_stats: 'getEnrichmentStats',

  start_scan: 'startScan',
  get_scan_status: 'getScanStatus',
  cancel_scan: 'cancelScan',
  get_supported_scan_types: 'getSupportedScanTypes',
  get_scan_profiles: 'getScanProfiles',
  get_scanner_stats: 'getScannerStats',

  send_notification: 'sendNotification',
  get_supported_channels: 'getSupportedChannels',
  get_channel_config_schema: 'getChannelConfigSchema',
  test_channel: 'testChannel',
  get_notification_stats: 'getNotificationStats',

  process: 'process',
} as const;

/** A method of the contract by the name it has on the wire. */
export type WireMethod = keyof typeof METHOD_NAMES;
