/**
 * Finds the properties of a schema, or of default values, that a name such as SCAN__MAX_DEPTH stands for. It follows
 * references and branches only as far as the name leads, so that a schema which refers to itself costs nothing.
 */
import type { JsonSchema } from './json-schema';
import { type Config, isConfig } from './merge';
import { valueAt } from './pointer';

export interface Place {
  readonly path: readonly string[];
  /** JSON Schema's names of what may be there; none where nothing is said. */
  readonly types: ReadonlySet<string>;
}

interface Level {
  readonly root: JsonSchema;
  readonly schemas: readonly unknown[];
  readonly value: unknown;
  readonly path: readonly string[];
}

const SEPARATOR = '__';

/** @param spell how a property is spelt in the name. */
export function findPlacesIn(level: Level, name: string, spell: (property: string) => string): Place[] {
  const schemas = expand(level.root, level.schemas);
  const value = isConfig(level.value) ? level.value : {};
  const properties = new Set([
    ...schemas.flatMap((schema) => Object.keys(propertiesOf(schema))),
    ...Object.keys(value),
  ]);
  return [...properties].flatMap((property) => {
    const spelt = spell(property);
    const next: Level = {
      root: level.root,
      schemas: schemas.map((schema) => valueAt(propertiesOf(schema), toKey(property))),
      value: valueAt(value, toKey(property)),
      path: [...level.path, property],
    };
    if (name === spelt) return [{ path: next.path, types: typesAt(next) }];
    return name.startsWith(spelt + SEPARATOR)
      ? findPlacesIn(next, name.slice(spelt.length + SEPARATOR.length), spell)
      : [];
  });
}

const toKey = (property: string) => `/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const propertiesOf = (schema: Config): Config => (isConfig(schema.properties) ? schema.properties : {});

const COMBINING = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];
/** Of draft-07 also lists of names, which are no schemas. */
const BY_PROPERTY = ['dependentSchemas', 'dependencies'];

/** The schemas, and all that they refer to or are combined of. */
export function expand(root: JsonSchema, schemas: readonly unknown[]): Config[] {
  const found = new Set<Config>();
  const waiting = [...schemas];
  while (waiting.length > 0) {
    const schema = waiting.pop();
    if (!isConfig(schema) || found.has(schema)) continue;
    found.add(schema);
    if (typeof schema.$ref === 'string') waiting.push(referenceOf(root, schema.$ref));
    for (const keyword of COMBINING) waiting.push(...[schema[keyword]].flat());
    for (const keyword of BY_PROPERTY) if (isConfig(schema[keyword])) waiting.push(...Object.values(schema[keyword]));
  }
  return [...found];
}

function referenceOf(root: JsonSchema, reference: string): unknown {
  if (reference === '#') return root;
  if (reference.startsWith('#/')) return valueAt(root, decodeURIComponent(reference.slice(1)));
  return reference.startsWith('#') ? findNamed(root, reference) : undefined;
}

/** Named with $anchor, or with $id in draft-07. */
function findNamed(schema: unknown, name: string): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if (isConfig(schema) && (schema.$id === name || `#${String(schema.$anchor)}` === name)) return schema;
  for (const child of Object.values(schema)) {
    const found = findNamed(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function typesAt({ root, schemas, value }: Pick<Level, 'root' | 'schemas' | 'value'>): ReadonlySet<string> {
  const said = new Set(expand(root, schemas).flatMap(typesOf));
  return said.size > 0 || value === undefined || value === null ? said : new Set(typeNameOf(value));
}

function typesOf(schema: Config): string[] {
  const listed = [schema.type].flat().filter((type) => typeof type === 'string');
  if (listed.length > 0) return listed;
  const values = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
  return values.flatMap(typeNameOf);
}

const typeNameOf = (value: unknown): string[] => [
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value,
];
