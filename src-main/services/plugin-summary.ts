/** What a list shows of a plugin, also where its manifest is half-written. */
import { basename } from 'node:path';
import type { ManifestReport, PluginSummary } from '@shared/contracts';
import { PLUGIN_TYPES, type PluginType } from '@shared/schemas';

const textOrUndefined = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function summarise(folder: string, { document, entry }: ManifestReport): PluginSummary {
  const pluginType = PLUGIN_TYPES.find((type): type is PluginType => type === document?.plugin_type);
  const version = textOrUndefined(document?.version);
  return {
    folder,
    name: textOrUndefined(document?.name) ?? basename(folder),
    ...(version === undefined ? {} : { version }),
    ...(pluginType === undefined ? {} : { pluginType }),
    ...(entry === undefined ? {} : { language: entry.language }),
  };
}
