/**
 * Finds the places of a configuration that hold secrets: what config_schema marks with "format": "secret" or
 * "writeOnly": true, however deep, in lists and in maps. Where a place depends on what is there (an item, a name in a
 * map), it is one for each that is there.
 */
import type { JsonSchema } from './json-schema';
import { isConfig } from './merge';
import { fromPointer, toPointer } from './pointer';
import { expand, typesAt } from './schema-places';
import { withinDeadline } from './within-deadline';

export interface SecretField {
  readonly pointer: string;
  /** A map takes further secrets, by name; it holds none itself. */
  readonly kind: 'value' | 'map';
  readonly title: string;
  readonly description?: string;
  readonly types: ReadonlySet<string>;
}

type Schema = Record<string, unknown>;

const MOST_FIELDS = 1000;
const DEEPEST = 100;
const LONGEST_MATCH_MS = 100;

const isSecret = (schemas: readonly Schema[]) =>
  schemas.some(({ format, writeOnly }) => format === 'secret' || writeOnly === true);

/** @param values what is known of the configuration. */
export function secretFieldsIn(root: JsonSchema | undefined, values: unknown): SecretField[] {
  const fields: SecretField[] = [];
  if (root === undefined || !mayHaveSecrets(root)) return fields;

  const visit = (schemas: readonly unknown[], value: unknown, path: readonly string[], above: ReadonlySet<unknown>) => {
    const here = expand(root, schemas);
    if (fields.length >= MOST_FIELDS || path.length > DEEPEST) return;
    if (isSecret(here)) {
      fields.push(fieldOf(root, here, path, 'value'));
      return;
    }
    // A schema that refers to itself is followed as far as there are values.
    if (value === undefined && here.some((schema) => above.has(schema))) return;
    if (mapSchemasIn(here).some((schema) => isSecret(expand(root, [schema])))) {
      fields.push(fieldOf(root, here, path, 'map'));
    }
    const below = new Set([...above, ...here]);
    for (const key of keysIn(here, value)) visit(schemasBelow(here, key), childOf(value, key), [...path, key], below);
  };

  visit([root], values, [], new Set());
  return fields;
}

/** Whether what is at the pointer is one, whatever is there now. */
export function secretFieldAt(root: JsonSchema | undefined, pointer: string): SecretField | undefined {
  if (root === undefined || !pointer.startsWith('/')) return undefined;
  const path = fromPointer(pointer);
  let here = expand(root, [root]);
  for (const key of path.slice(0, DEEPEST)) here = expand(root, schemasBelow(here, key));
  return path.length <= DEEPEST && isSecret(here) ? fieldOf(root, here, path, 'value') : undefined;
}

const known = new WeakMap<JsonSchema, boolean>();

/** So that a plugin without secrets pays for one look at its schema. */
function mayHaveSecrets(root: JsonSchema): boolean {
  const found = known.get(root) ?? /"(?:format":"secret"|writeOnly":true)/.test(JSON.stringify(root));
  known.set(root, found);
  return found;
}

function fieldOf(root: Schema, schemas: readonly Schema[], path: readonly string[], kind: SecretField['kind']) {
  const text = (keyword: string) => schemas.map((schema) => schema[keyword]).find((said) => typeof said === 'string');
  const description = text('description') as string | undefined;
  return {
    pointer: toPointer(path),
    kind,
    title: (text('title') as string | undefined) ?? path.at(-1) ?? 'Configuration',
    ...(description === undefined ? {} : { description }),
    types: typesAt({ root, schemas, value: undefined }),
  };
}

const objectOf = (value: unknown): Schema => (isConfig(value) ? value : {});

const mapSchemasIn = (schemas: readonly Schema[]) =>
  schemas.flatMap(({ additionalProperties, unevaluatedProperties, patternProperties }) => [
    additionalProperties,
    unevaluatedProperties,
    ...Object.values(objectOf(patternProperties)),
  ]);

function keysIn(schemas: readonly Schema[], value: unknown): Set<string> {
  const named = schemas.flatMap(({ properties }) => Object.keys(objectOf(properties)));
  const there = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return new Set([...named, ...there]);
}

const childOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Schema)[key] : undefined;

const schemasBelow = (schemas: readonly Schema[], key: string): unknown[] => [
  ...schemas.flatMap((schema) => ofProperty(schema, key)),
  ...(/^(?:0|[1-9]\d*)$/.test(key) ? schemas.flatMap((schema) => ofItem(schema, Number(key))) : []),
];

function ofProperty(schema: Schema, key: string): unknown[] {
  const properties = objectOf(schema.properties);
  const found = Object.hasOwn(properties, key) ? [properties[key]] : [];
  for (const [pattern, child] of Object.entries(objectOf(schema.patternProperties))) {
    if (matches(pattern, key)) found.push(child);
  }
  return found.length > 0 ? found : [schema.additionalProperties, schema.unevaluatedProperties];
}

function ofItem({ items, prefixItems, additionalItems, unevaluatedItems }: Schema, index: number): unknown[] {
  const first = Array.isArray(items) ? items : Array.isArray(prefixItems) ? prefixItems : [];
  if (index < first.length) return [first[index]];
  return Array.isArray(items) ? [additionalItems, unevaluatedItems] : [items, unevaluatedItems];
}

/** The pattern is the plugin's. One that cannot be read matches all: better one field too many is kept secret. */
function matches(pattern: string, key: string): boolean {
  try {
    const expression = new RegExp(pattern, 'u');
    return withinDeadline(LONGEST_MATCH_MS, () => expression.test(key))?.value ?? true;
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
