/** What entry_point names must be a plugin of the manifest's plugin_type: said when it is loaded, not at its first call. */
import type { PluginType } from '@shared/schemas';
import { METHOD_NAMES, type WireMethod } from '@shared/sdk/method-names';

interface Kind {
  readonly extending: string;
  /** Those that the class itself must bring. */
  readonly methods: readonly WireMethod[];
}

const KINDS: Readonly<Record<PluginType, Kind>> = {
  analyzer: { extending: 'AnalyzerPlugin', methods: ['analyze', 'get_supported_types'] },
  enricher: { extending: 'EnricherPlugin', methods: ['enrich', 'get_supported_data_types', 'get_enrichment_types'] },
  scanner: {
    extending: 'ScannerPlugin',
    methods: ['start_scan', 'get_scan_status', 'cancel_scan', 'get_supported_scan_types'],
  },
  notifier: { extending: 'NotifierPlugin', methods: ['send_notification', 'get_supported_channels'] },
  processor: { extending: 'ProcessorPlugin', methods: [] },
  connector: { extending: 'ConnectorPlugin', methods: [] },
};

/** Every class of the SDK has them. */
const OF_ALL: readonly WireMethod[] = ['initialize', 'shutdown', 'get_metadata', 'health_check', 'reload_config'];

class WrongClassError extends Error {
  override readonly name = 'TypeError';
}

/** @throws Error that names the class to extend */
export function refuseWrongClass(plugin: object, className: string, type: PluginType): void {
  const { extending, methods } = KINDS[type];
  const has = (method: WireMethod) => typeof Reflect.get(plugin, METHOD_NAMES[method]) === 'function';
  const how = `class ${className} extends ${extending}, which is imported from mcp-plugin-sdk`;
  if (!OF_ALL.every(has)) {
    throw new WrongClassError(`${className} extends no plugin class. Write: ${how}.`);
  }
  const missing = methods.filter((method) => !has(method)).map((method) => `${METHOD_NAMES[method]}()`);
  if (missing.length === 0) return;
  throw new WrongClassError(
    `${className} has no ${missing.join(' and no ')}, and plugin_type is "${type}". Write: ${how}, and add what is missing; ` +
      'or set the plugin_type that it is of.',
  );
}
