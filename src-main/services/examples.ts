/**
 * The examples that come with the studio. One is opened as a copy in the person's own folder, so it can be changed.
 * What is in that folder may be the person's work: it is moved aside where it is in the way, never removed.
 */
import { cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Example, ExampleSchema } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { PLUGIN_TYPES } from '@shared/schemas';
import { Value } from 'typebox/value';
import { systemCodeOf } from '../files/file-error';
import { createTurns } from '../timing/turns';

export interface Examples {
  /** In the platform's order of types, then by name: the one to begin with comes first. */
  list(): Promise<Example[]>;
  /**
   * The folder of the person's own copy, made at the first time. Where one is there that has no plugin.json, it is
   * kept beside the new one as `<name>.old-<time>`. Throws examples/unknown.
   */
  copyOf(name: string): Promise<string>;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function moveAside(folder: string): Promise<void> {
  try {
    await rename(folder, `${folder}.old-${Date.now()}`);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}

const inOrder = (left: Example, right: Example): number =>
  PLUGIN_TYPES.indexOf(left.pluginType) - PLUGIN_TYPES.indexOf(right.pluginType) || (left.name < right.name ? -1 : 1);

export function createExamples(resourcesFolder: string, ownFolder: string): Examples {
  const source = join(resourcesFolder, 'examples');
  const turns = createTurns();

  const read = async (name: string): Promise<Example[]> => {
    const file = join(source, name, 'plugin.json');
    if (!(await exists(file))) return [];
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const example = { name, description: manifest.description, pluginType: manifest.plugin_type };
    return Value.Check(ExampleSchema, example) ? [example] : [];
  };

  const list = async () => {
    const names = (await readdir(source, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    return (await Promise.all(names.map(({ name }) => read(name)))).flat().sort(inOrder);
  };

  const copy = async (name: string) => {
    const target = join(ownFolder, name);
    if (await exists(join(target, 'plugin.json'))) return target;
    // Complete or not at all: a copy that was interrupted is not taken for the example.
    const staged = `${target}.copying-${process.pid}`;
    await rm(staged, { recursive: true, force: true });
    await cp(join(source, name), staged, { recursive: true });
    await moveAside(target);
    await rename(staged, target);
    return target;
  };

  return {
    list,
    async copyOf(name) {
      const known = await list();
      if (!known.some((example) => example.name === name)) {
        throw new StudioError(
          'examples/unknown',
          `There is no example "${name}". Known: ${known.map((example) => example.name).join(', ')}.`,
        );
      }
      return turns.run([name], () => copy(name));
    },
  };
}
