/**
 * Configuration from environment variables, MCP_<NAME>_<PATH>. A path is a property that config_schema or
 * default_config names, its segments in upper case with `_` for whatever is no letter or digit, and `__` between them:
 * `scan.max_depth` of my-plugin is MCP_MY_PLUGIN_SCAN__MAX_DEPTH. Only such variables count, since a plugin's name may
 * begin another's. A value is read as the type that the schema gives it; objects and lists as JSON, a list also as
 * words with commas between them.
 */
import type { ConfigProblem } from '@shared/contracts';
import { show } from './explain-errors';
import type { JsonSchema } from './json-schema';
import { type Config, isConfig } from './merge';
import { isWithin, toPointer } from './pointer';
import { MASK } from './redactor';
import { findPlacesIn, type Place } from './schema-places';
import { holdsSecrets } from './secret-fields';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentLayer {
  readonly values: Config;
  readonly variables: { variable: string; pointer: string; value: unknown }[];
  readonly problems: ConfigProblem[];
}

const inCapitals = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '_');

const prefixOf = (name: string) => `MCP_${inCapitals(name)}_`;

export const variableOf = (name: string, path: readonly string[]) => prefixOf(name) + path.map(inCapitals).join('__');

export function readEnvironment(
  name: string,
  environment: Environment,
  schema: JsonSchema | undefined,
  defaults: Config,
): EnvironmentLayer {
  const layer: EnvironmentLayer = { values: {}, variables: [], problems: [] };
  const prefix = prefixOf(name);
  const given = Object.entries(environment).flatMap(([variable, text]) =>
    text === undefined || !variable.startsWith(prefix)
      ? []
      : [{ variable, text, places: findPlaces(variable.slice(prefix.length), schema, defaults) }],
  );
  /** Outer values first, so that a variable for a part of an object wins over one for the whole. */
  given.sort((left, right) => depthOf(left.places) - depthOf(right.places));
  for (const { variable, text, places } of given) take(layer, variable, text, { places, schema });
  return layer;
}

const depthOf = (places: readonly Place[]) => places[0]?.path.length ?? 0;

interface Target {
  readonly places: readonly Place[];
  readonly schema: JsonSchema | undefined;
}

function take(layer: EnvironmentLayer, variable: string, text: string, { places, schema }: Target): void {
  const [place, other] = places;
  if (place === undefined) return;
  const pointer = toPointer(place.path);
  const refuse = (message: string) =>
    layer.problems.push({ layer: 'environment', pointer, schemaPath: '', code: 'config/environment', message });
  if (other !== undefined) {
    refuse(`${variable} may mean ${pointer} or ${toPointer(other.path)}. Rename one of them in config_schema.`);
    return;
  }
  const value = readTyped(text, place.types);
  if (value === undefined) {
    const shown = holdsSecrets(schema, pointer) ? MASK : show(text);
    refuse(`${variable} must be ${[...place.types].join(' or ')}, not ${shown}.`);
    return;
  }
  put(layer.values, place.path, value);
  layer.variables.push({ variable, pointer, value });
}

function put(values: Config, path: readonly string[], value: unknown): void {
  let target = values;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(target, key) ? target[key] : undefined;
    const child = isConfig(next) ? next : {};
    Object.defineProperty(target, key, { value: child, writable: true, enumerable: true, configurable: true });
    target = child;
  }
  Object.defineProperty(target, path.at(-1) ?? '', { value, writable: true, enumerable: true, configurable: true });
}

/** Undefined where the text is none of the types. */
export function readTyped(text: string, types: ReadonlySet<string>): unknown {
  const any = types.size === 0;
  const json = parseJson(text);
  const fits = (type: string) => any || types.has(type);
  if (typeof json === 'number' && (fits('number') || (fits('integer') && Number.isInteger(json)))) return json;
  if (typeof json === 'boolean' && fits('boolean')) return json;
  if (types.has('boolean') && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (json === null && fits('null')) return null;
  if (isConfig(json) && fits('object')) return json;
  if (Array.isArray(json) && fits('array')) return json;
  if (fits('string')) return text;
  if (types.has('array')) return text === '' ? [] : text.split(',').map((word) => word.trim());
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function findPlaces(rest: string, schema: JsonSchema | undefined, defaults: Config): Place[] {
  return findPlacesIn({ root: schema ?? {}, schemas: [schema], value: defaults, path: [] }, rest, inCapitals);
}

/** The variable that gave the value at the pointer, or what is around it or in it. */
export const variableAt = ({ variables }: EnvironmentLayer, pointer: string) =>
  variables.findLast((given) => isWithin(pointer, given.pointer) || isWithin(given.pointer, pointer));
