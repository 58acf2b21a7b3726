/**
 * The secrets that are kept for a plugin, as a layer of its configuration, and what is told of them: where each is and
 * where it comes from, never what it is.
 */
import type { ConfigProblem, SecretState } from '@shared/contracts';
import { type EnvironmentLayer, variableAt } from './environment-layer';
import type { JsonSchema } from './json-schema';
import { type Config, isConfig, mergeConfigs } from './merge';
import { fromPointer, isWithin, valueAt } from './pointer';
import { MASK, SHORTEST_SECRET } from './redactor';
import { LockedSecret } from './secret-cipher';
import { type SecretField, secretFieldAt } from './secret-fields';
import type { KeptSecrets } from './secret-vault';

export interface PlacedSecrets {
  readonly config: Config;
  /** Pointers of those that had a place: not one in an item of a list that is gone. */
  readonly placed: ReadonlySet<string>;
}

export function laySecrets(below: Config, kept: KeptSecrets, schema: JsonSchema | undefined): PlacedSecrets {
  const config = mergeConfigs(below);
  const placed = new Set<string>();
  for (const [pointer, value] of Object.entries(kept)) {
    if (value instanceof LockedSecret) continue;
    if (secretFieldAt(schema, pointer) !== undefined && putAt(config, fromPointer(pointer), value)) placed.add(pointer);
  }
  return { config, placed };
}

/** Objects on the way are made; lists are not made longer. False where something else is in the way. */
function putAt(config: Config, path: readonly string[], value: unknown): boolean {
  let target: object = config;
  for (const [index, key] of path.entries()) {
    const isLast = index === path.length - 1;
    if (Array.isArray(target) && !Object.hasOwn(target, key)) return false;
    const there: unknown = Object.hasOwn(target, key) ? (target as Config)[key] : undefined;
    if (isLast || there === undefined || there === null) {
      const next = isLast ? structuredClone(value) : {};
      Object.defineProperty(target, key, { value: next, writable: true, enumerable: true, configurable: true });
      target = isLast ? target : (next as object);
    } else if (isConfig(there) || Array.isArray(there)) target = there;
    else return false;
  }
  return true;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** A copy with dots for secrets. @param base where the value is in the configuration. */
export function maskedAt(value: unknown, base: string, pointers: readonly string[]): unknown {
  if (isEmpty(value)) return value;
  if (pointers.some((pointer) => isWithin(base, pointer))) return MASK;
  const within = pointers.filter((pointer) => isWithin(pointer, base));
  if (within.length === 0) return value;
  // Something else is in the place of what has secrets in it: one may be in there.
  if (typeof value !== 'object' || value === null) return MASK;
  const copy: unknown = structuredClone(value);
  for (const pointer of within) {
    const path = fromPointer(pointer.slice(base.length));
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isConfigLike(at) ? at[key] : undefined), copy);
    const key = path.at(-1) ?? '';
    if (isConfigLike(parent) && Object.hasOwn(parent, key) && !isEmpty(parent[key])) parent[key] = MASK;
  }
  return copy;
}

const isConfigLike = (value: unknown): value is Config => typeof value === 'object' && value !== null;

const isLocked = (kept: KeptSecrets, pointer: string) => kept[pointer] instanceof LockedSecret;

/** Pointers of those that are kept and cannot be read through this door. */
export const lockedIn = (kept: KeptSecrets): string[] => Object.keys(kept).filter((pointer) => isLocked(kept, pointer));

/** Those that can be shown by accident, since somebody here knows them. */
export const readableIn = (kept: KeptSecrets): unknown[] =>
  Object.values(kept).filter((value) => !(value instanceof LockedSecret));

export const HOW_TO_UNLOCK =
  "It is kept, and encrypted with a key from the system's keychain, which cannot be used here. Open the plugin in the " +
  'desktop window of the user who set it, with the keychain unlocked; or set it here, which takes its place.';

export interface SecretSources {
  readonly schema: JsonSchema | undefined;
  readonly defaults: Config;
  readonly stored: Config;
  readonly storedPath: string;
  lineOf(pointer: string): number;
  readonly kept: KeptSecrets;
  readonly placed: ReadonlySet<string>;
  readonly environment: EnvironmentLayer;
}

export const isInFile = ({ defaults, stored }: Pick<SecretSources, 'defaults' | 'stored'>, pointer: string) =>
  !isEmpty(valueAt(stored, pointer)) ? 'stored' : !isEmpty(valueAt(defaults, pointer)) ? 'defaults' : undefined;

export function describeSecrets(fields: readonly SecretField[], sources: SecretSources): SecretState[] {
  const states = fields.map(({ types: _, ...field }): SecretState => {
    if (field.kind === 'map') return { ...field, isSet: false };
    return { ...field, ...originOf(field.pointer, sources) };
  });
  const isShown = (pointer: string) => states.some((state) => state.pointer === pointer && state.kind === 'value');
  const others = Object.keys(sources.kept).filter((pointer) => !sources.placed.has(pointer) && !isShown(pointer));
  return [
    ...states,
    ...others.map((pointer): SecretState => {
      const title = fromPointer(pointer).at(-1) ?? pointer;
      const state = { pointer, kind: 'value', title, isSet: true, from: 'store' } as const;
      const hasPlace = isLocked(sources.kept, pointer) && secretFieldAt(sources.schema, pointer) !== undefined;
      return hasPlace ? { ...state, isLocked: true } : { ...state, isUnused: true };
    }),
  ];
}

type Origin = Pick<SecretState, 'isSet' | 'from' | 'variable' | 'file' | 'isLocked'>;

function originOf(pointer: string, sources: SecretSources): Origin {
  const variable = variableAt(sources.environment, pointer);
  if (variable !== undefined && isWithin(pointer, variable.pointer)) {
    return { isSet: true, from: 'environment', variable: variable.variable };
  }
  const inFile = isInFile(sources, pointer);
  const file = inFile === undefined ? {} : { file: inFile === 'stored' ? sources.storedPath : 'plugin.json' };
  if (sources.placed.has(pointer)) return { isSet: true, from: 'store', ...file };
  if (isLocked(sources.kept, pointer)) return { isSet: true, from: 'store', isLocked: true, ...file };
  return inFile === undefined ? { isSet: false } : { isSet: true, from: 'file', ...file };
}

/** What does not keep a configuration from being in force. */
export function warnOfSecrets(fields: readonly SecretField[], effective: Config, sources: SecretSources) {
  const warnings = lockedIn(sources.kept).map((pointer): ConfigProblem => {
    const message = `"${fromPointer(pointer).join('.')}" cannot be read. ${HOW_TO_UNLOCK}`;
    return { layer: 'secret', code: 'config/secret-locked', pointer, schemaPath: '', message };
  });
  for (const { pointer, kind } of fields) {
    if (kind === 'map') continue;
    const shown = `"${fromPointer(pointer).join('.')}"`;
    const layer = isInFile(sources, pointer);
    if (layer !== undefined) {
      const file = layer === 'stored' ? sources.storedPath : 'default_config of plugin.json';
      const message = `${shown} is a secret, and is in ${file}, where whoever gets the folder can read it. Move it to the secret store.`;
      const line = layer === 'stored' ? { line: sources.lineOf(pointer) } : {};
      warnings.push({ layer, code: 'config/secret-in-file', pointer, schemaPath: '', message, ...line });
    }
    const value = valueAt(effective, pointer);
    if (isEmpty(value) || typeof value === 'object' || String(value).length >= SHORTEST_SECRET) continue;
    const message = `${shown} is a secret of fewer than ${SHORTEST_SECRET} characters. It cannot be found in what the plugin says, so it is not hidden there. Use a longer one.`;
    const origin = originOf(pointer, sources).from === 'environment' ? 'environment' : (layer ?? 'secret');
    warnings.push({ layer: origin, code: 'config/secret-too-short', pointer, schemaPath: '', message });
  }
  return warnings;
}
