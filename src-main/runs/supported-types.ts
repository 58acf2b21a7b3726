/** Which target types a plugin says it supports, asked once of each process. */
import { StudioError } from '@shared/errors';
import type { PluginInstance } from '../runtime/plugin-instance';

const ANSWER_WITHIN_MS = 10_000;
const known = new WeakMap<PluginInstance, Promise<readonly string[]>>();

/** Throws what the plugin's call throws, and runs/bad-supported-types. */
export function supportedTypes(instance: PluginInstance, signal?: AbortSignal): Promise<readonly string[]> {
  const asked = known.get(instance) ?? ask(instance, signal);
  known.set(instance, asked);
  asked.catch(() => known.delete(instance));
  return asked;
}

async function ask(instance: PluginInstance, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const types = await instance.invoke('get_supported_types', [], {
    timeoutMs: ANSWER_WITHIN_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (Array.isArray(types) && types.every((type): type is string => typeof type === 'string')) return types;
  throw new StudioError(
    'runs/bad-supported-types',
    'get_supported_types() must return a list of strings, such as ["source_code"]. Mend it in the plugin.',
  );
}
