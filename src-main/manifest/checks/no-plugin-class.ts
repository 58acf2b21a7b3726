import { type ContentCheck, textOf } from '../check';

const EXTENDING: Readonly<Record<string, string>> = {
  analyzer: 'AnalyzerPlugin',
  enricher: 'EnricherPlugin',
  scanner: 'ScannerPlugin',
  notifier: 'NotifierPlugin',
  processor: 'ProcessorPlugin',
  connector: 'ConnectorPlugin',
};

/** Only what is certain: a class may extend one of another file, and loading the plugin has the last word. */
export const noPluginClass: ContentCheck = {
  code: 'manifest/no-plugin-class',
  severity: 'warning',
  message: "The entry point's class extends a plugin class of the SDK.",
  find({ entry: lookup, manifest }) {
    if (lookup.kind !== 'found' || lookup.search.kind !== 'found' || lookup.search.isNoPlugin !== true) return [];
    const { file, className } = lookup.entry;
    const wanted = EXTENDING[textOf(manifest.plugin_type) ?? ''] ?? 'a plugin class';
    return [
      {
        message: `${className} in ${file} extends no plugin class, so it cannot start. Write: class ${className} extends ${wanted}, imported from mcp-plugin-sdk.`,
        pointer: '/entry_point',
      },
    ];
  },
};
