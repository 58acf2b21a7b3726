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
/** Patterns that take longer, until all are taken for such. */
const MOST_SLOW_MATCHES = 3;

/** How often the patterns of a schema may still take too long. */
interface Patience {
  left: number;
}

const newPatience = (): Patience => ({ left: MOST_SLOW_MATCHES });

const isSecret = (schemas: readonly Schema[]) =>
  schemas.some(({ format, writeOnly }) => format === 'secret' || writeOnly === true);

/** @param values what is known of the configuration. */
export function secretFieldsIn(root: JsonSchema | undefined, values: unknown): SecretField[] {
  const fields: SecretField[] = [];
  if (root === undefined || !mayHaveSecrets(root)) return fields;

  const patience = newPatience();
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
    for (const key of keysIn(here, value)) {
      visit(schemasBelow(here, key, patience), childOf(value, key), [...path, key], below);
    }
  };

  visit([root], values, [], new Set());
  return fields;
}

/** Whether what is at the pointer is one, whatever is there now. */
export function secretFieldAt(root: JsonSchema | undefined, pointer: string): SecretField | undefined {
  if (root === undefined || !pointer.startsWith('/')) return undefined;
  const path = fromPointer(pointer);
  const here = schemasAt(root, path);
  return path.length <= DEEPEST && isSecret(here) ? fieldOf(root, here, path, 'value') : undefined;
}

/** Whether what is at the pointer is one, or may have one in it, whatever is there now. */
export function holdsSecrets(root: JsonSchema | undefined, pointer: string): boolean {
  if (root === undefined || !mayHaveSecrets(root)) return false;
  const found = new Set<Schema>();
  const waiting = schemasAt(root, fromPointer(pointer));
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (isSecret([schema])) return true;
    if (found.has(schema)) continue;
    found.add(schema);
    waiting.push(...expand(root, allBelow(schema)));
  }
  return false;
}

function schemasAt(root: JsonSchema, path: readonly string[]): Schema[] {
  const patience = newPatience();
  let here = expand(root, [root]);
  for (const key of path.slice(0, DEEPEST)) here = expand(root, schemasBelow(here, key, patience));
  return here;
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

const allBelow = (schema: Schema): unknown[] => [
  ...Object.values(objectOf(schema.properties)),
  ...mapSchemasIn([schema]),
  ...[schema.items, schema.prefixItems, schema.additionalItems, schema.unevaluatedItems].flat(),
];

const schemasBelow = (schemas: readonly Schema[], key: string, patience: Patience): unknown[] => [
  ...schemas.flatMap((schema) => ofProperty(schema, key, patience)),
  ...(/^(?:0|[1-9]\d*)$/.test(key) ? schemas.flatMap((schema) => ofItem(schema, Number(key))) : []),
];

function ofProperty(schema: Schema, key: string, patience: Patience): unknown[] {
  const properties = objectOf(schema.properties);
  const found = Object.hasOwn(properties, key) ? [properties[key]] : [];
  for (const [pattern, child] of Object.entries(objectOf(schema.patternProperties))) {
    if (matches(pattern, key, patience)) found.push(child);
  }
  return found.length > 0 ? found : [schema.additionalProperties, schema.unevaluatedProperties];
}

function ofItem({ items, prefixItems, additionalItems, unevaluatedItems }: Schema, index: number): unknown[] {
  const first = Array.isArray(items) ? items : Array.isArray(prefixItems) ? prefixItems : [];
  if (index < first.length) return [first[index]];
  return Array.isArray(items) ? [additionalItems, unevaluatedItems] : [items, unevaluatedItems];
}

/** The pattern is the plugin's. One that cannot be read matches all: better one field too many is kept secret. */
function matches(pattern: string, key: string, patience: Patience): boolean {
  if (patience.left === 0) return true;
  try {
    const expression = new RegExp(pattern, 'u');
    const answer = withinDeadline(LONGEST_MATCH_MS, () => expression.test(key));
    if (answer === undefined) patience.left--;
    return answer?.value ?? true;
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
