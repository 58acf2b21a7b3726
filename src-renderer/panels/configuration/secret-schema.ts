/**
 * What the form shows of a configuration that has secrets: nothing of them. They have fields of their own, since they
 * are no part of the text that the form edits.
 */
import type { SecretState } from '@shared/contracts';
import type { Values } from './model';

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const BRANCHES = ['allOf', 'anyOf', 'oneOf'];
/** These hold values, not schemas. */
const PLAIN = new Set(['default', 'const', 'enum', 'examples']);

/** A schema without its secrets, and without lists and maps that would hold nothing else. */
export function withoutSecretFields(schema: Values): Values {
  const strip = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(strip);
    if (!isObject(node)) return node;
    const { properties } = node;
    const hidden = isObject(properties)
      ? Object.keys(properties).filter((name) => isHidden(schema, properties[name]))
      : [];
    const copy: Values = {};
    for (const [keyword, value] of Object.entries(node)) copy[keyword] = PLAIN.has(keyword) ? value : strip(value);
    if (isObject(copy.properties)) copy.properties = omit(copy.properties, hidden);
    if (Array.isArray(node.required)) copy.required = node.required.filter((name) => !hidden.includes(String(name)));
    if (isHidden(schema, node.additionalProperties)) copy.additionalProperties = false;
    if (isObject(node.patternProperties)) {
      const { patternProperties } = node;
      const secret = Object.keys(patternProperties).filter((pattern) => isHidden(schema, patternProperties[pattern]));
      copy.patternProperties = omit(copy.patternProperties as Values, secret);
    }
    return copy;
  };
  return strip(schema) as Values;
}

const omit = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

function isHidden(root: Values, node: unknown, seen: readonly unknown[] = []): boolean {
  if (!isObject(node) || seen.includes(node)) return false;
  const above = [...seen, node];
  const below = (schema: unknown) => isHidden(root, schema, above);
  if (node.format === 'secret' || node.writeOnly === true) return true;
  if (typeof node.$ref === 'string' && below(targetOf(root, node.$ref))) return true;
  if (BRANCHES.some((keyword) => [node[keyword]].flat().some(below))) return true;
  if (below(node.items)) return true;
  const maps = [
    node.additionalProperties,
    ...Object.values(isObject(node.patternProperties) ? node.patternProperties : {}),
  ];
  const hasOthers = isObject(node.properties) && Object.values(node.properties).some((child) => !below(child));
  return !hasOthers && maps.some(below);
}

function targetOf(root: Values, reference: string): unknown {
  if (!reference.startsWith('#/')) return reference === '#' ? root : undefined;
  return pathOf(reference.slice(1)).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), root);
}

const pathOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Values without those of the secrets; an item of a list stays, empty, so that the others keep their places. */
export function withoutSecretValues(values: Values, secrets: readonly SecretState[]): Values {
  const copy = structuredClone(values);
  for (const { pointer, kind } of secrets) {
    const path = pathOf(pointer);
    const name = path.pop();
    const parent = path.reduce<unknown>((at, key) => (at as Values | undefined)?.[key], copy);
    if (kind === 'map' || name === undefined || typeof parent !== 'object' || parent === null) continue;
    if (Array.isArray(parent)) {
      if (name in parent) parent[Number(name)] = '';
    } else delete (parent as Values)[name];
  }
  return copy;
}

/** Where it is now and comes from, in words. */
export function stateInWords({ isSet, from, variable, file, isLocked, isUnused }: SecretState): string {
  if (isUnused === true) return 'Kept, but the configuration has no place for it now.';
  if (isLocked === true) {
    return "Set, and encrypted with a key from the system's keychain that cannot be used here: open the plugin in the desktop window, or replace it.";
  }
  if (!isSet) return 'Not set.';
  if (from === 'environment') return `Set by the environment variable ${variable}, which comes first.`;
  if (from === 'file') return `Set in ${file}, where anybody who gets the folder can read it.`;
  return file === undefined ? 'Set.' : `Set. ${file} has one too, where anybody who gets the folder can read it.`;
}

/** The pointer of a secret by its name in a map. */
export const pointerIn = (map: string, name: string) => `${map}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
