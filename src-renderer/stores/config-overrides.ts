/**
 * A run's own configuration, typed as rows of key and value. A key is a path with dots; a value is what it would be
 * in YAML, so `5`, `true`, `high` and `[a, b]` mean what they look like.
 */
import { StudioError } from '@shared/errors';
import { parse } from 'yaml';

export interface ConfigOverride {
  readonly key: string;
  readonly value: string;
}

/** What is wrong with a row, or undefined. Rows without a key and a value are not there yet. */
export function overrideProblem({ key, value }: ConfigOverride): string | undefined {
  if (key.trim() === '' && value.trim() === '') return undefined;
  if (key.trim() === '') return 'This value has no key.';
  if (key.split('.').some((part) => part.trim() === '')) return 'A key is made of names with dots between them.';
  return readValue(value).problem;
}

function readValue(text: string): { value?: unknown; problem?: string } {
  try {
    return { value: parse(text) ?? null };
  } catch {
    return { problem: 'This value is not YAML. Put text in quotes.' };
  }
}

/** Throws config/bad-override for a row that cannot be read. */
export function configOf(overrides: readonly ConfigOverride[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const override of overrides) {
    const problem = overrideProblem(override);
    if (problem !== undefined) {
      throw new StudioError('config/bad-override', `${override.key.trim() || override.value}: ${problem}`);
    }
    const path = override.key.split('.').map((part) => part.trim());
    if (path.join('') !== '') put(config, path, readValue(override.value).value);
  }
  return config;
}

function put(config: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    config[name] = value;
    return;
  }
  const inner = config[name];
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  config[name] = next;
  put(next as Record<string, unknown>, rest, value);
}
