/** A sample that is JSON: an object, a list of them, or one a line. */
import { messageOf, StudioError } from '@shared/errors';
import type { Fields, SampleText } from './run-type';

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for a text that is no JSON and does not say that it is. Throws runs/bad-sample. */
export function objectsOf({ name, text }: SampleText): readonly Fields[] | undefined {
  const saysJson = /\.(json|jsonl|ndjson)$/i.test(name);
  if (!saysJson && !/^\s*[[{]/.test(text)) return undefined;
  const values = wholeOf(text) ?? linesOf(text);
  const problem = Array.isArray(values) ? problemOf(values) : values;
  if (Array.isArray(values) && problem === undefined) return values as Fields[];
  // Text such as [1] or {{name}} may well be meant as it stands.
  if (!saysJson) return undefined;
  throw new StudioError('runs/bad-sample', `${name} cannot be read: ${String(problem)}.`, { data: { name } });
}

function problemOf(values: readonly unknown[]): string | undefined {
  if (values.length === 0) return 'it holds nothing';
  const at = values.findIndex((value) => !isObject(value));
  return at === -1 ? undefined : `number ${at + 1} in it is no object`;
}

function wholeOf(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The objects, or what is wrong with the first line that is none. */
function linesOf(text: string): unknown[] | string {
  const values: unknown[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch (error) {
      return `it is neither one JSON value nor one a line (line ${index + 1}: ${messageOf(error)})`;
    }
  }
  return values;
}

/** The lines that say something; what begins with # does not. */
export const saidLines = (text: string): { readonly line: number; readonly said: string }[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({ line: index + 1, said: line.trim() }))
    .filter(({ said }) => said !== '' && !said.startsWith('#'));

/** One is called as the sample; of several each says which it is. */
export const labelled = (name: string, all: readonly Fields[], numberOf = (index: number) => index + 1) =>
  all.map((fields, index) => ({ label: all.length === 1 ? name : `${name}:${numberOf(index)}`, fields }));
