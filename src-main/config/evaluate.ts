/**
 * What the layers of a configuration come to: default_config, then the stored file, then the environment. Every
 * problem names the layer that has to change. Nothing is in force here; that is for the owner to decide.
 */
import type { ConfigProblem } from '@shared/contracts';
import { type Environment, type EnvironmentLayer, readEnvironment, variableAt } from './environment-layer';
import type { Violation } from './explain-errors';
import { compileJsonSchema, type JsonSchema } from './json-schema';
import { type Config, findForbiddenKey, isConfig, mergeConfigs } from './merge';
import { fromPointer, toPointer, valueAt } from './pointer';
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
  /** Of any configuration, by the same schema. */
  check(value: Config): Violation[];
}

/** @param emptied the file held values before and holds nothing now. */
export function evaluate(
  manifest: ConfiguredManifest,
  file: StoredFile,
  environment: Environment,
  emptied: boolean,
): Evaluation {
  const schema = manifest.config_schema ?? undefined;
  const defaults = manifest.default_config ?? {};
  const stored = readFile(file, emptied);
  const variables = readEnvironment(manifest.name, environment, schema, defaults);
  const compiled = compileJsonSchema(schema ?? {});
  const check = (value: Config) => (compiled.ok ? compiled.check(value) : []);
  const problems = [...forbiddenIn('defaults', defaults), ...stored.problems, ...variables.problems];
  problems.push(...forbiddenIn('environment', variables.values));
  for (const fault of compiled.ok ? [] : compiled.faults) problems.push(schemaProblem(fault));
  const effective = mergeConfigs(defaults, stored.values, variables.values);
  if (problems.length === 0) {
    problems.push(...check(effective).map((violation) => attribute(violation, file, stored, variables)));
  }
  return { schema, defaults, stored: stored.values, environment: variables.variables, effective, problems, check };
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

function attribute(
  violation: Violation,
  file: StoredFile,
  stored: StoredLayer,
  environment: EnvironmentLayer,
): ConfigProblem {
  const { pointer, schemaPath } = violation;
  const problem = { code: 'config/invalid', pointer, schemaPath, message: sentenceOf(violation) };
  const variable = variableAt(environment, pointer);
  const isStored = valueAt(stored.values, pointer) !== undefined;
  if (variable !== undefined && (!isStored || !isConfig(variable.value))) {
    return { ...problem, layer: 'environment', message: `${problem.message} It comes from ${variable.variable}.` };
  }
  if (file.exists && (isStored || violation.keyword === 'required')) {
    return { ...problem, layer: 'stored', line: stored.lineOf(pointer) };
  }
  return { ...problem, layer: 'defaults' };
}
