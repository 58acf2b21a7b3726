/** What a method is called with before anything is typed: the contract's defaults, with an id and a time of now. */
import type { PluginSummary } from '@shared/contracts';
import type { ContractMethod } from '@shared/schemas/methods';
import type { JsonSchema } from './request-schema';

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function start(schema: JsonSchema): unknown {
  if ('default' in schema) return structuredClone(schema.default);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.type === 'object') return startOfObject(schema);
  if (schema.type === 'array') return [];
  return schema.type === 'string' ? '' : undefined;
}

/** Only what is required or has a default. */
function startOfObject({ properties, required }: JsonSchema): Record<string, unknown> {
  const names = new Set(Array.isArray(required) ? (required as string[]) : []);
  const entries = Object.entries(isSchema(properties) ? properties : {}).filter(
    ([name, field]) => isSchema(field) && (names.has(name) || 'default' in field),
  );
  return Object.fromEntries(entries.map(([name, field]) => [name, start(field as JsonSchema)]));
}

export function startingArguments({ parameters }: ContractMethod, type: PluginSummary['pluginType']): unknown[] {
  return parameters.map(({ schema }) => {
    const value = start(schema as unknown as JsonSchema);
    if (!isSchema(value) || !('request_id' in value)) return value;
    const named = { ...value, request_id: crypto.randomUUID(), timestamp: new Date().toISOString() };
    // The contract leaves the place of the text to the caller.
    return type === 'analyzer' ? { ...named, target_data: { content: '', filename: 'sample.txt' } } : named;
  });
}
