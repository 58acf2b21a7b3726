/**
 * The contract's schema of a request as a form can show it: without what the studio fills in and what is free in form,
 * optional values as themselves, and with the choices that the plugin names. What a form does not show stays as it is.
 */
import type { RunSummary } from '@shared/contracts';
import { EventRequestSchema } from '@shared/contracts';
import {
  AnalysisRequestSchema,
  EnrichmentRequestSchema,
  NotificationRequestSchema,
  ScanRequestSchema,
} from '@shared/schemas';

export type JsonSchema = Readonly<Record<string, unknown>>;
export type FieldChoices = Readonly<Record<string, readonly string[]>>;

export const REQUEST_SCHEMAS: Readonly<Record<RunSummary['pluginType'], JsonSchema>> = {
  analyzer: AnalysisRequestSchema as unknown as JsonSchema,
  enricher: EnrichmentRequestSchema as unknown as JsonSchema,
  scanner: ScanRequestSchema as unknown as JsonSchema,
  notifier: NotificationRequestSchema as unknown as JsonSchema,
  processor: EventRequestSchema as unknown as JsonSchema,
  connector: EventRequestSchema as unknown as JsonSchema,
};

/** What the studio fills in, and the time, which is among the limits. */
const SHOWN_ELSEWHERE = new Set(['request_id', 'timestamp', 'events', 'source', 'timeout']);

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for what a form would only spell out as JSON. */
function fieldSchema(schema: JsonSchema): JsonSchema | undefined {
  if (Array.isArray(schema.anyOf)) {
    const [only, ...others] = schema.anyOf.filter(isSchema).filter(({ type }) => type !== 'null');
    if (only === undefined || others.length > 0) return undefined;
    const { anyOf, ...outer } = schema;
    return { ...fieldSchema(only), ...outer };
  }
  if (schema.type === 'object') return undefined;
  if (schema.type !== 'array') return schema;
  const items = isSchema(schema.items) ? schema.items : {};
  if (items.type !== 'string') return undefined;
  // A set of words is chosen from; a free list is typed.
  return Array.isArray(items.enum) ? { ...schema, uniqueItems: true } : schema;
}

const titleOf = (name: string) => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function withChoices(schema: JsonSchema, choices: readonly string[] | undefined, value: unknown): JsonSchema {
  if (choices === undefined || choices.length === 0) return schema;
  const present = [value].flat().filter((each): each is string => typeof each === 'string' && each !== '');
  const known = [...new Set([...choices, ...present])];
  if (schema.type === 'array') return { ...schema, uniqueItems: true, items: { type: 'string', enum: known } };
  return { ...schema, enum: known };
}

export function formSchema(schema: JsonSchema, choices: FieldChoices, value: JsonSchema): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    if (SHOWN_ELSEWHERE.has(name)) continue;
    const field = fieldSchema(property);
    if (field === undefined) continue;
    properties[name] = { title: titleOf(name), ...withChoices(field, choices[name], value[name]) };
  }
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => String(name) in properties) : [];
  return { type: 'object', properties, required };
}
