/**
 * What the studio remembers between starts, in settings.json of its data folder. A broken file is set aside, never
 * overwritten, and the studio starts with its defaults.
 */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecentPlugin, RecentPluginSchema, type Settings, SettingsSchema } from '@shared/contracts';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { writeAtomically } from '../files/write-atomically';
import { createTurns } from '../timing/turns';

const StoredSchema = Type.Object({ ...SettingsSchema.properties, recent: Type.Array(RecentPluginSchema) });
type Stored = Static<typeof StoredSchema>;

const DEFAULTS: Stored = { theme: 'system', openFolders: [], recent: [] };
const MOST_RECENT = 12;

export interface SettingsStore {
  read(): Settings;
  recent(): readonly RecentPlugin[];
  write(changes: Partial<Settings>): Promise<void>;
  noteOpened(plugin: RecentPlugin): Promise<void>;
}

async function load(file: string): Promise<Stored> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return DEFAULTS;
    throw error;
  }
  const stored: unknown = parseOrUndefined(text);
  if (Value.Check(StoredSchema, stored)) return stored;
  await rename(file, `${file}.broken-${Date.now()}`);
  return DEFAULTS;
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function openSettings(dataFolder: string): Promise<SettingsStore> {
  const file = join(dataFolder, 'settings.json');
  let stored = await load(file);
  const turns = createTurns();

  const change = (changes: Partial<Stored>) => {
    stored = { ...stored, ...changes };
    // One write at a time, each with all that is known then.
    return turns.run([file], save);
  };
  const save = () => writeAtomically(file, `${JSON.stringify(stored, null, 2)}\n`);

  return {
    read() {
      const { recent: _, ...settings } = stored;
      return settings;
    },
    recent: () => stored.recent,
    write: change,
    noteOpened: (plugin) =>
      change({
        recent: [plugin, ...stored.recent.filter(({ folder }) => folder !== plugin.folder)].slice(0, MOST_RECENT),
      }),
  };
}
