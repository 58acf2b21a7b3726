/**
 * What the layers of a configuration come to: default_config, then the stored file, then the secrets that are kept,
 * then the environment. Every problem names the layer that has to change, and none shows a secret. Nothing is in force
 * here; that is for the owner to decide.
 */
import type { ConfigProblem, SecretState } from '@shared/contracts';
import { type Environment, type EnvironmentLayer, readEnvironment, variableAt } from './environment-layer';
import type { Violation } from './explain-errors';
import { compileJsonSchema, type JsonSchema } from './json-schema';
import { type Config, findForbiddenKey, isConfig, mergeConfigs } from './merge';
import { fromPointer, isWithin, toPointer, valueAt } from './pointer';
import { MASK } from './redactor';
import { holdsSecrets, secretFieldsIn } from './secret-fields';
import type { KeptSecrets } from './secret-vault';
import {
  describeSecrets,
  HOW_TO_UNLOCK,
  laySecrets,
  lockedIn,
  maskedAt,
  readableIn,
  warnOfSecrets,
} from './secrets-layer';
import type { StoredFile } from './stored-file';
import { NO_STORED_LAYER, readStored, type StoredLayer } from './stored-layer';

export interface ConfiguredManifest {
  readonly name: string;
  readonly config_schema?: JsonSchema | null;
  readonly default_config?: Config;
}

export interface Evaluation {
  readonly schema: JsonSchema | undefined;
  readonly defaults: Config;
  readonly stored: Config;
  readonly environment: EnvironmentLayer['variables'];
  /** Only where there are no problems. */
  readonly effective: Config;
  readonly problems: readonly ConfigProblem[];
  /** What is not as it should be, and keeps nothing from being in force. */
  readonly warnings: readonly ConfigProblem[];
  readonly secrets: readonly SecretState[];
  /** What must not be shown, of all layers. */
  readonly secretValues: readonly unknown[];
  /** The same of any other configuration. */
  secretsIn(config: Config): unknown[];
  /** With dots for its secrets. @param base where the value is. */
  masked<Value>(value: Value, base?: string): Value;
  /** Of any configuration, by the same schema. */
  check(value: Config): Violation[];
}

export interface EvaluationTerms {
  readonly environment: Environment;
  /** The file held values before and holds nothing now. */
  readonly emptied: boolean;
  readonly kept: KeptSecrets;
}

export function evaluate(manifest: ConfiguredManifest, file: StoredFile, terms: EvaluationTerms): Evaluation {
  const schema = manifest.config_schema ?? undefined;
  const defaults = manifest.default_config ?? {};
  const stored = readFile(file, terms.emptied);
  const environment = readEnvironment(manifest.name, terms.environment, schema, defaults);
  const compiled = compileJsonSchema(schema ?? {});
  const pointersIn = (value: Config) =>
    secretFieldsIn(schema, value).flatMap(({ pointer, kind }) => (kind === 'map' ? [] : [pointer]));
  const check = (value: Config) => {
    if (!compiled.ok) return [];
    let pointers: string[] | undefined;
    return compiled.check(value, (pointer, data) => {
      // A text in the place of what has secrets in it: one may be in the text.
      if (typeof data !== 'object' && holdsSecrets(schema, pointer)) return MASK;
      pointers ??= pointersIn(value);
      return maskedAt(data, pointer, pointers);
    });
  };
  const problems = [...forbiddenIn('defaults', defaults), ...stored.problems, ...environment.problems];
  problems.push(...forbiddenIn('environment', environment.values));
  for (const fault of compiled.ok ? [] : compiled.faults) problems.push(schemaProblem(fault));
  const { config, placed } = laySecrets(mergeConfigs(defaults, stored.values), terms.kept, schema);
  const effective = mergeConfigs(config, environment.values);
  const fields = secretFieldsIn(schema, effective);
  const pointers = fields.flatMap(({ pointer, kind }) => (kind === 'map' ? [] : [pointer]));
  if (problems.length === 0) {
    const layers = { file, stored, environment, placed, secrets: pointers, locked: lockedIn(terms.kept) };
    problems.push(...check(effective).map((violation) => attribute(violation, layers)));
  }
  const { lineOf, values } = stored;
  const sources = {
    schema,
    defaults,
    stored: values,
    storedPath: file.path,
    lineOf,
    kept: terms.kept,
    placed,
    environment,
  };
  const valuesAt = (layer: Config) => pointers.map((pointer) => valueAt(layer, pointer));
  return {
    schema,
    defaults,
    stored: values,
    environment: environment.variables,
    effective,
    problems,
    warnings: [...warnOfOthers(file), ...warnOfSecrets(fields, effective, sources)],
    secrets: describeSecrets(fields, sources),
    secretValues: [...readableIn(terms.kept), ...[defaults, values, effective].flatMap(valuesAt)],
    secretsIn: (other) => pointersIn(other).map((pointer) => valueAt(other, pointer)),
    masked: <Value>(value: Value, base = '') => maskedAt(value, base, pointers) as Value,
    check,
  };
}

function readFile(file: StoredFile, emptied: boolean): StoredLayer {
  const refuse = (code: string, message: string): StoredLayer => ({
    ...NO_STORED_LAYER,
    problems: [{ layer: 'stored', code, pointer: '', schemaPath: '', message, line: 1 }],
  });
  if (file.unreadable !== undefined) return refuse(file.unreadable.code, file.unreadable.message);
  if (emptied) {
    return refuse('config/empty', `${file.path} is empty now. Write {} for no values of its own, or delete the file.`);
  }
  return file.exists ? readStored(file.text) : NO_STORED_LAYER;
}

function warnOfOthers({ path, ignored = [] }: StoredFile): ConfigProblem[] {
  if (ignored.length === 0) return [];
  const message = `${path} counts, and ${ignored.join(' and ')} beside it ${ignored.length === 1 ? 'is' : 'are'} ignored. Keep one of them.`;
  return [{ layer: 'stored', code: 'config/several-files', pointer: '', schemaPath: '', message, line: 1 }];
}

export function forbiddenIn(layer: ConfigProblem['layer'], values: Config): ConfigProblem[] {
  const path = findForbiddenKey(values);
  if (path === undefined) return [];
  const message = `The key "${path.at(-1)}" is not allowed, because programs may take it for something else. Rename it.`;
  return [{ layer, code: 'config/forbidden-key', pointer: toPointer(path), schemaPath: '', message }];
}

const schemaProblem = ({ pointer, message }: Violation): ConfigProblem => ({
  layer: 'defaults',
  code: 'config/schema',
  pointer: '',
  schemaPath: `#${pointer}`,
  message: `config_schema${pointer.replaceAll('/', '.')} ${message.replace(/\.$/, '')}. Mend it in plugin.json.`,
});

/** As a sentence that names the value. */
export const sentenceOf = ({ pointer, message }: Violation) =>
  `${pointer === '' ? 'The configuration' : `"${fromPointer(pointer).join('.')}"`} ${message}.`;

interface Layers {
  readonly file: StoredFile;
  readonly stored: StoredLayer;
  readonly environment: EnvironmentLayer;
  readonly placed: ReadonlySet<string>;
  /** Pointers of all secrets. */
  readonly secrets: readonly string[];
  readonly locked: readonly string[];
}

const HOW_TO_SET = 'It is a secret: set it in the Configuration panel, or with "studio secret set".';

/** What breaks these is not the value, but that there is, or is not, a key. */
const NAMES = new Set(['required', 'additionalProperties', 'unevaluatedProperties', 'propertyNames']);

function attribute(violation: Violation, layers: Layers): ConfigProblem {
  const { file, stored, environment, placed, secrets, locked } = layers;
  const { pointer, schemaPath } = violation;
  const problem = { code: 'config/invalid', pointer, schemaPath, message: sentenceOf(violation) };
  const variable = variableAt(environment, pointer);
  const isStored = valueAt(stored.values, pointer) !== undefined;
  if (variable !== undefined && (!isStored || !isConfig(variable.value))) {
    return { ...problem, layer: 'environment', message: `${problem.message} It comes from ${variable.variable}.` };
  }
  if ([...placed].some((secret) => isWithin(pointer, secret))) return { ...problem, layer: 'secret' };
  if (violation.keyword === 'required' && secrets.includes(pointer)) {
    const what = locked.includes(pointer) ? HOW_TO_UNLOCK : HOW_TO_SET;
    return { ...problem, layer: 'secret', message: `${problem.message} ${what}` };
  }
  if (file.exists && (isStored || violation.keyword === 'required')) {
    const isName = NAMES.has(violation.keyword);
    const place = isName ? { line: stored.lineOf(pointer) } : stored.placeOf(pointer);
    return { ...problem, layer: 'stored', ...place };
  }
  return { ...problem, layer: 'defaults' };
}
