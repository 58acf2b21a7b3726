/**
 * Puts ajv's errors into sentences for the author of the value: where, what is allowed, what is there. A pointer names
 * the property that is missing or too much, not only the object around it; of a value that fits no branch of an anyOf
 * one violation is told, not one a branch.
 */
import type { ErrorObject } from 'ajv';
import { isWithin, toPointer } from './pointer';

export interface Violation {
  readonly pointer: string;
  readonly schemaPath: string;
  readonly keyword: string;
  /** Without its subject: `must be a number, not "5"`. */
  readonly message: string;
  readonly params: Record<string, unknown>;
}

const BRANCHING = new Set(['anyOf', 'oneOf']);
const DEFINITIONS = /^(?:\$defs|definitions)\//;
const LONGEST_VALUE = 60;

/** @param errors of a validator with `allErrors` and `verbose`. */
export function explainErrors(errors: readonly ErrorObject[]): Violation[] {
  const told: Violation[] = [];
  const known = new Set<string>();
  const branchesOf = new Map<ErrorObject, readonly ErrorObject[]>();
  for (const [index, error] of errors.entries()) {
    const isBranching = BRANCHING.has(error.keyword) && (error.params.passingSchemas ?? undefined) === undefined;
    if (isBranching) branchesOf.set(error, branchErrors(errors, index, error));
  }
  const inBranches = new Set([...branchesOf.values()].flat());
  for (const error of errors) {
    if (error.keyword === 'if' || inBranches.has(error)) continue;
    const below = branchesOf.get(error) ?? [];
    const violation = {
      pointer: pointerOf(error),
      schemaPath: error.schemaPath,
      keyword: error.keyword,
      message: below.length > 0 ? explainBranches(error, below) : explain(error),
      params: error.params,
    };
    const key = `${violation.pointer}\n${violation.message}`;
    if (!known.has(key)) told.push(violation);
    known.add(key);
  }
  return told;
}

/** They come just before the anyOf; those of a branch behind a $ref have another schema path altogether. */
function branchErrors(
  errors: readonly ErrorObject[],
  end: number,
  { schemaPath, instancePath }: ErrorObject,
): readonly ErrorObject[] {
  const beside = schemaPath.slice(0, schemaPath.lastIndexOf('/') + 1);
  const isBeside = (path: string) =>
    path.startsWith(beside) && !path.startsWith(`${schemaPath}/`) && !DEFINITIONS.test(path.slice(beside.length));
  let start = end;
  for (; start > 0; start -= 1) {
    const error = errors[start - 1];
    if (error === undefined || !isWithin(error.instancePath, instancePath) || isBeside(error.schemaPath)) break;
  }
  return errors.slice(start, end);
}

function pointerOf({ keyword, instancePath, params }: ErrorObject): string {
  const named =
    keyword === 'additionalProperties'
      ? params.additionalProperty
      : keyword === 'unevaluatedProperties'
        ? params.unevaluatedProperty
        : keyword === 'required' || keyword === 'dependentRequired' || keyword === 'dependencies'
          ? params.missingProperty
          : undefined;
  return typeof named === 'string' ? instancePath + toPointer([named]) : instancePath;
}

function explainBranches(error: ErrorObject, below: readonly ErrorObject[]): string {
  const same = below.every((other) => other.keyword === 'type' && other.instancePath === error.instancePath);
  if (same) return `must be ${alternatives(below.map((other) => kinds(other.params.type)))}, not ${show(error.data)}`;
  return `fits none of what is allowed here: ${below
    .map((other) => (other.instancePath === error.instancePath ? '' : `${other.instancePath} `) + explain(other))
    .join('; or ')}`;
}

function explain({ keyword, params, data, message, schema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `must be ${kinds(params.type)}, not ${show(data)}`;
    case 'enum':
      return `must be ${alternatives((params.allowedValues as unknown[]).map(show))}, not ${show(data)}`;
    case 'const':
      return `must be ${show(params.allowedValue)}, not ${show(data)}`;
    case 'required':
      return 'is required and missing';
    case 'dependentRequired':
    case 'dependencies':
      return `is required beside "${params.property}" and missing`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a known property';
    case 'pattern':
      return `must match the pattern ${params.pattern}, and ${show(data)} does not`;
    case 'format':
      return `must be a valid ${params.format}, not ${show(data)}`;
    case 'minLength':
      return schema === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `must be ${comparisons[String(params.comparison)]} ${params.limit}, not ${show(data)}`;
    default:
      return message ?? `breaks "${keyword}"`;
  }
}

const comparisons: Record<string, string> = { '<=': 'at most', '>=': 'at least', '<': 'below', '>': 'above' };

const articles: Record<string, string> = {
  array: 'a list',
  integer: 'a whole number',
  object: 'an object',
  null: 'null',
};

const kinds = (type: unknown): string =>
  alternatives(
    [type].flat().map((kind) => articles[String(kind)] ?? (kind === 'boolean' ? 'true or false' : `a ${String(kind)}`)),
  );

const alternatives = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
