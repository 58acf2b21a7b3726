/**
 * Lays configurations over one another: objects deep, everything else, lists too, replaced. The result shares nothing
 * with what went in. Keys that reach an object's prototype stay ordinary keys here, and findForbiddenKey tells of them.
 */

export type Config = Record<string, unknown>;

export const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const mergeConfigs = (...layers: readonly Config[]): Config => layers.reduce<Config>(mergeTwo, {});

function mergeTwo(below: Config, above: Config): Config {
  const merged: Config = {};
  for (const [key, value] of Object.entries(below)) put(merged, key, structuredClone(value));
  for (const [key, value] of Object.entries(above)) {
    const under = Object.hasOwn(merged, key) ? merged[key] : undefined;
    put(merged, key, isConfig(under) && isConfig(value) ? mergeTwo(under, value) : structuredClone(value));
  }
  return merged;
}

const put = (target: Config, key: string, value: unknown) =>
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** The path of the first key that a careless reader would take for an object's prototype. */
export function findForbiddenKey(
  value: unknown,
  path: readonly (string | number)[] = [],
): (string | number)[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const below = [...path, key];
    const found = FORBIDDEN.has(key) ? below : findForbiddenKey(child, below);
    if (found !== undefined) return found;
  }
  return undefined;
}
