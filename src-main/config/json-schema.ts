/**
 * Compiles a JSON Schema that a plugin brought, in draft-07 or 2020-12, once. Such a schema is foreign: whatever is
 * wrong with it, or happens while it is used, comes back as a value with a place in the schema, never as an exception.
 */

import { messageOf } from '@shared/errors';
import Ajv, { type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { versionOf } from '../files';
import { explainErrors, type Violation } from './explain-errors';
import { toPointer } from './pointer';
import { withinDeadline } from './within-deadline';

export type JsonSchema = Record<string, unknown>;

/** What messages may show of the value at a pointer. */
export type Shown = (pointer: string, value: unknown) => unknown;

export type CompiledSchema =
  | { readonly ok: true; check(value: unknown, shown?: Shown): Violation[] }
  /** Here the pointers lead into the schema itself. */
  | { readonly ok: false; readonly faults: Violation[] };

const SCHEMA_DIALECTS = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
} as const;
type Dialect = keyof typeof SCHEMA_DIALECTS;

const REMEMBERED = 64;
const compiled = new Map<string, CompiledSchema>();

/** Without `$schema` a schema is read as 2020-12, the newest that the platform knows. */
export function compileJsonSchema(schema: JsonSchema): CompiledSchema {
  const key = versionOf(JSON.stringify(schema));
  const known = compiled.get(key) ?? compile(schema);
  compiled.delete(key);
  compiled.set(key, known);
  const oldest = compiled.keys().next();
  if (compiled.size > REMEMBERED && !oldest.done) compiled.delete(oldest.value);
  return known;
}

function compile(schema: JsonSchema): CompiledSchema {
  const dialect = dialectOf(schema.$schema);
  if (dialect === undefined)
    return refuse('/$schema', `is a dialect that the platform does not know. ${knownDialects}`);
  const faults = faultsOf(schema, dialect);
  if (faults.length > 0) return { ok: false, faults };
  try {
    return { ok: true, check: checkWith(createAjv(dialect, { meta: false, validateSchema: false }).compile(schema)) };
  } catch (error) {
    return refuse(placeOf(error, schema), explainFailure(error));
  }
}

const knownDialects = `Use ${Object.values(SCHEMA_DIALECTS)
  .map((uri) => `"${uri}"`)
  .join(' or ')}.`;

const refuse = (pointer: string, message: string): CompiledSchema => ({
  ok: false,
  faults: [{ pointer, schemaPath: '', keyword: 'schema', message, params: {} }],
});

function dialectOf(uri: unknown): Dialect | undefined {
  if (uri === undefined) return '2020-12';
  const plain = String(uri)
    .replace(/^https?:/, '')
    .replace(/#$/, '');
  if (plain === '//json-schema.org/draft-07/schema') return 'draft-07';
  if (plain === '//json-schema.org/draft/2020-12/schema') return '2020-12';
  return undefined;
}

/** A pattern that only older engines read, such as `[\w-.]`, still counts: Python's does. */
const readPattern = Object.assign(
  (pattern: string, flags: string) => {
    try {
      return new RegExp(pattern, flags);
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: 'new RegExp' },
);

function isPattern(pattern: string): boolean {
  try {
    readPattern(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** One instance a schema: two schemas may have the same $id. */
function createAjv(dialect: Dialect, options: Options = {}): Ajv {
  const settings: Options = {
    allErrors: true,
    verbose: true,
    strict: false,
    strictNumbers: true,
    logger: false,
    code: { regExp: readPattern },
    ...options,
  };
  const ajv = dialect === 'draft-07' ? new Ajv(settings) : new Ajv2020(settings);
  addFormats(ajv);
  ajv.addFormat('regex', isPattern);
  return ajv;
}

/** Any honest schema takes milliseconds. */
const LONGEST_CHECK_MS = 1000;

const TOO_SLOW: Violation = {
  pointer: '',
  schemaPath: '#',
  keyword: 'schema',
  message:
    'cannot be checked: its schema takes longer than 1 s. ' +
    'Look for a pattern that repeats a repetition, such as (a+)+, and write it without',
  params: {},
};

const metaValidators = new Map<Dialect, Ajv>();

function faultsOf(schema: JsonSchema, dialect: Dialect): Violation[] {
  const validator = metaValidators.get(dialect) ?? createAjv(dialect);
  metaValidators.set(dialect, validator);
  const { $schema: _, ...content } = schema;
  const valid = validator.validate(SCHEMA_DIALECTS[dialect], content);
  return valid ? [] : explainErrors(validator.errors ?? []);
}

const checkWith = (validate: ValidateFunction) => (value: unknown, shown?: Shown) => {
  try {
    const valid = withinDeadline(LONGEST_CHECK_MS, () => validate(value));
    if (valid === undefined) return [TOO_SLOW];
    if (valid.value) return [];
    const errors = validate.errors as ErrorObject[];
    if (shown === undefined) return explainErrors(errors);
    return explainErrors(errors.map((error) => ({ ...error, data: shown(error.instancePath, error.data) })));
  } catch (error) {
    return [{ pointer: '', schemaPath: '#', keyword: 'schema', message: explainFailure(error), params: {} }];
  }
};

function explainFailure(error: unknown): string {
  if (error instanceof RangeError) return 'refers to itself without end. Break the circle of $ref.';
  const missing = missingReferenceOf(error);
  if (missing === undefined) return `cannot be used: ${messageOf(error)}.`;
  return `refers to "${missing}", which is not in the schema. Add it under $defs or definitions.`;
}

const missingReferenceOf = (error: unknown) =>
  error instanceof Error && 'missingRef' in error && typeof error.missingRef === 'string'
    ? error.missingRef
    : undefined;

function placeOf(error: unknown, schema: JsonSchema): string {
  const missing = missingReferenceOf(error);
  const isCause = (key: string, value: unknown) =>
    missing === undefined
      ? key === 'pattern' && typeof value === 'string' && !isPattern(value)
      : key === '$ref' && typeof value === 'string' && missing.endsWith(value);
  return find(schema, isCause, []) ?? '';
}

function find(value: unknown, wanted: (key: string, value: unknown) => boolean, path: string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const below = [...path, key];
    const found = wanted(key, child) ? toPointer(below) : find(child, wanted, below);
    if (found !== undefined) return found;
  }
  return undefined;
}
