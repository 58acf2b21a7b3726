/**
 * The stored configuration as text. Form and YAML are two views of one text: a change in the form touches only the
 * values that changed, so comments and order stay; what is not stored comes from the layers below.
 */
import type { ConfigState } from '@shared/contracts';
import { type Document, isMap, parseDocument } from 'yaml';

export type Values = Record<string, unknown>;

export interface ParsedText {
  readonly values: Values | undefined;
  /** Why the text holds no configuration, with the line from 1. */
  readonly error: { readonly message: string; readonly line: number } | undefined;
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The reader says the place after its first line, and then shows the text there. */
const asSentence = (message: string) =>
  `${(message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '')}.`;

export function parseStored(text: string): ParsedText {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    return {
      values: undefined,
      error: { message: asSentence(error.message), line: error.linePos?.[0].line ?? 1 },
    };
  }
  const values: unknown = document.toJS({ maxAliasCount: 100 });
  if (values === null || values === undefined) return { values: {}, error: undefined };
  if (isObject(values)) return { values, error: undefined };
  return {
    values: undefined,
    error: { message: 'A configuration is a list of names with values, such as "severity_threshold: high".', line: 1 },
  };
}

/** Objects deep, everything else replaced: as the host merges the layers. */
export function merged(below: Values, above: Values): Values {
  const result: Values = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const lower = result[name];
    result[name] = isObject(lower) && isObject(value) ? merged(lower, value) : value;
  }
  return result;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function writeChanges(document: Document, path: readonly string[], before: Values, after: Values): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    const here = [...path, name];
    if (same(was, is)) continue;
    if (isObject(was) && isObject(is) && isMap(document.getIn(here, true))) writeChanges(document, here, was, is);
    else if (is === undefined) document.deleteIn(here);
    else document.setIn(here, is);
  }
}

/** The text after the form went from `before` to `after`; the text must parse. */
export function withFormChange(text: string, before: Values, after: Values): string {
  const document = parseDocument(text) as Document;
  document.contents ??= document.createNode({});
  writeChanges(document, [], before, after);
  return isMap(document.contents) && document.contents.items.length === 0 ? '{}\n' : document.toString();
}

export type Layer = 'default' | 'stored' | 'secret store' | 'environment';

export interface InForce {
  readonly name: string;
  readonly value: unknown;
  readonly layer: Layer;
}

/** The top level of what is in force, and which layer each value comes from. */
export function inForce({ effective, stored, storedInForce = stored, environment, secrets }: ConfigState): InForce[] {
  const variables = new Set(environment.map(({ pointer }) => pointer.split('/')[1]));
  const kept = new Set(secrets.filter(({ from }) => from === 'store').map(({ pointer }) => pointer.split('/')[1]));
  return Object.entries(effective).map(([name, value]) => {
    const layer = variables.has(name)
      ? 'environment'
      : kept.has(name)
        ? 'secret store'
        : name in storedInForce
          ? 'stored'
          : 'default';
    return { name, value, layer };
  });
}
