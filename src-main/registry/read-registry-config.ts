/**
 * Reads the configuration of a plugin registry, YAML or JSON, as the contract's PluginRegistryConfig has it. A file is
 * taken whole or refused whole: a limit that was misspelled must not be one that does not hold.
 */
import { readFile } from 'node:fs/promises';
import { closestTo, didYouMean } from '@shared/closest';
import { LEAST_MEMORY_MB } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { PERMISSIONS, type PluginRegistryConfig, PluginRegistryConfigSchema } from '@shared/schemas';
import { Compile } from 'typebox/compile';
import { readStored } from '../config/stored-layer';

export interface ReadRegistryConfig {
  readonly config: PluginRegistryConfig;
  readonly warnings: readonly string[];
  /** Fields that nothing follows from before the registry is served. */
  readonly unused: readonly string[];
}

export const NO_REGISTRY_CONFIG: ReadRegistryConfig = { config: {}, warnings: [], unused: [] };

type Field = keyof PluginRegistryConfig;

/** What the studio keeps to; the other fields are of a registry that is served. */
const FOLLOWED: readonly Field[] = [
  'sandbox_plugins',
  'allowed_permissions',
  'max_plugin_memory_mb',
  'max_plugin_cpu_percent',
  'startup_timeout',
  'shutdown_timeout',
  'health_check_interval',
];

const compiled = Compile(PluginRegistryConfigSchema);
const KNOWN = Object.keys(PluginRegistryConfigSchema.properties);

/** Undefined where there is no such file. @throws StudioError registry/invalid (data: file, problems), registry/unreadable */
export async function readRegistryConfig(file: string): Promise<ReadRegistryConfig | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new StudioError(
      'registry/unreadable',
      `The registry configuration ${file} cannot be read: ${code ?? error}.`,
      {
        data: { file },
        cause: error,
      },
    );
  }
  return checkRegistryConfig(file, text);
}

/** @throws StudioError registry/invalid (data: file, problems) */
export function checkRegistryConfig(file: string, text: string): ReadRegistryConfig {
  const { values, problems, lineOf } = readStored(text);
  const refuse = (reasons: readonly string[]) => {
    const message = `The registry configuration ${file} is refused. ${reasons.join(' ')}`;
    return new StudioError('registry/invalid', message, { data: { file, problems: reasons } });
  };
  if (problems.length > 0) throw refuse(problems.map(({ line, message }) => `Line ${line}: ${message}`));
  const wrong = compiled.Errors(values).map(({ instancePath, message }) => {
    const field = instancePath.slice(1) || 'The file';
    return `Line ${lineOf(instancePath)}: ${field} ${message}.`;
  });
  const config = values as PluginRegistryConfig;
  const memory = config.max_plugin_memory_mb;
  if (wrong.length === 0 && memory !== undefined && memory < LEAST_MEMORY_MB) {
    wrong.push(
      `Line ${lineOf('/max_plugin_memory_mb')}: max_plugin_memory_mb is ${memory}; no plugin starts with less than ${LEAST_MEMORY_MB}.`,
    );
  }
  if (wrong.length > 0) throw refuse(wrong);
  const fields = Object.keys(values);
  return {
    config,
    warnings: [...unknownFields(fields), ...warningsOf(config)],
    unused: fields.filter((name) => KNOWN.includes(name) && !FOLLOWED.includes(name as Field)),
  };
}

const unknownFields = (fields: readonly string[]) =>
  fields
    .filter((name) => !KNOWN.includes(name))
    .map((name) => `The registry configuration has no field "${name}".${didYouMean(closestTo(name, KNOWN))}`);

function warningsOf({ sandbox_plugins, allowed_permissions = [] }: PluginRegistryConfig): string[] {
  const unknown = allowed_permissions.filter((name) => !PERMISSIONS.some((known) => known === name));
  return [
    ...(sandbox_plugins === false
      ? ['sandbox_plugins: false is not followed: the studio runs plugins in their sandbox, always.']
      : []),
    ...unknown.map(
      (name) =>
        `allowed_permissions names "${name}", which is no permission.${didYouMean(closestTo(name, PERMISSIONS))}`,
    ),
  ];
}

export const missingRegistryConfig = (file: string) =>
  new StudioError('registry/unreadable', `The registry configuration ${file} is not there. Check the path.`, {
    data: { file },
  });
