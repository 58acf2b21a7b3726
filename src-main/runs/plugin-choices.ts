/** What a plugin says it supports, by field of the request; asked once of each process. */
import { StudioError } from '@shared/errors';
import type { Manifest } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';
import type { Choices, Fields } from './types/run-type';
import { RUN_TYPES } from './types/run-types';

const ANSWER_WITHIN_MS = 10_000;
const known = new WeakMap<PluginInstance, Promise<Choices>>();

interface AskedPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
}

/** Throws what the plugin's calls throw, and runs/bad-choices. */
export function choicesOf({ instance, manifest }: AskedPlugin): Promise<Choices> {
  const asked = known.get(instance) ?? ask(instance, RUN_TYPES[manifest.plugin_type].choices);
  known.set(instance, asked);
  asked.catch(() => known.delete(instance));
  return asked;
}

async function ask(instance: PluginInstance, methods: Readonly<Record<string, string>>): Promise<Choices> {
  const choices: Record<string, readonly string[]> = {};
  for (const [field, method] of Object.entries(methods)) {
    choices[field] = namesIn(await instance.invoke(method, [], { timeoutMs: ANSWER_WITHIN_MS }), method);
  }
  return choices;
}

/** A list of names, or a map by name. */
function namesIn(value: unknown, method: string): readonly string[] {
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string')) return value;
  if (method === 'get_scan_profiles' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.keys(value);
  }
  throw new StudioError(
    'runs/bad-choices',
    method === 'get_scan_profiles'
      ? `${method}() must return the profiles by name, such as {"default": {}}. Mend it in the plugin.`
      : `${method}() must return a list of strings, such as ["source_code"]. Mend it in the plugin.`,
  );
}

/** Throws runs/not-supported for what a person wants and the plugin does not have. */
export function refuseUnsupported({ name, plugin_type }: Manifest, choices: Choices, wanted: Fields): void {
  for (const [field, value] of Object.entries(wanted)) {
    if (!(field in RUN_TYPES[plugin_type].choices)) throw notOfType(name, plugin_type, field);
    const supported = choices[field] ?? [];
    if (supported.length === 0) continue;
    const missing = [value].flat().find((each) => typeof each !== 'string' || !supported.includes(each));
    if (missing === undefined) continue;
    throw new StudioError(
      'runs/not-supported',
      `${name} does not support the ${words(field)} ${String(missing)}. It supports ${supported.join(', ')}.`,
      { data: { field, choices: [...supported] } },
    );
  }
}

const notOfType = (name: string, type: string, field: string) =>
  new StudioError('runs/not-supported', `${name} is of the type ${type}, whose requests have no ${words(field)}.`, {
    data: { field, choices: [] },
  });

const words = (field: string) => field.replaceAll('_', ' ');
