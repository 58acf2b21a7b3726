/**
 * What the person granted and denied for good, by plugin folder, in one file of the data folder. The file is written
 * whole; a broken one is set aside and said, and nothing is granted then. Another studio may write it too: each change
 * starts from what the file says.
 */
import { readFile, rename } from 'node:fs/promises';
import { messageOf } from '@shared/errors';
import { PERMISSIONS } from '@shared/schemas';
import { oneOf } from '@shared/schemas/building-blocks';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { systemCodeOf, writeAtomically } from '../files';

const grant = oneOf(['granted', 'denied']);

const FolderGrantsSchema = Type.Object({
  permissions: Type.Record(oneOf(PERMISSIONS), grant),
  hosts: Type.Array(Type.Object({ host: Type.String(), grant })),
});

const FileSchema = Type.Object({
  version: Type.Literal(1),
  plugins: Type.Record(Type.String(), FolderGrantsSchema),
});

export interface FolderGrants {
  readonly permissions: Readonly<Partial<Record<(typeof PERMISSIONS)[number], 'granted' | 'denied'>>>;
  readonly hosts: readonly { readonly host: string; readonly grant: 'granted' | 'denied' }[];
}

export const NO_GRANTS: FolderGrants = { permissions: {}, hosts: [] };

export interface GrantStore {
  read(folder: string): FolderGrants;
  /** Holds at once; settles when it is on the disk. */
  write(folder: string, grants: FolderGrants): Promise<void>;
}

type Stored = Static<typeof FileSchema>;

const isEmpty = ({ permissions, hosts }: FolderGrants) => Object.keys(permissions).length === 0 && hosts.length === 0;

/** @param warn Hears that a broken file was set aside. */
export async function openGrantStore(file: string, warn: (line: string) => void): Promise<GrantStore> {
  const load = async (): Promise<Stored['plugins']> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return {};
      throw error;
    }
    const stored = parsed(text);
    if (Value.Check(FileSchema, stored)) return stored.plugins;
    const aside = `${file}.broken-${Date.now()}`;
    await rename(file, aside);
    warn(`The permissions in ${file} cannot be read, so none is granted. The file is now ${aside}.`);
    return {};
  };

  let plugins = new Map<string, FolderGrants>(Object.entries(await load()));
  let writing: Promise<void> = Promise.resolve();

  const save = async (folder: string, grants: FolderGrants) => {
    const current = new Map<string, FolderGrants>(Object.entries(await load()));
    if (isEmpty(grants)) current.delete(folder);
    else current.set(folder, grants);
    const text = JSON.stringify({ version: 1, plugins: Object.fromEntries(current) }, undefined, 2);
    await writeAtomically(file, `${text}\n`);
  };

  return {
    read: (folder) => plugins.get(folder) ?? NO_GRANTS,
    write(folder, grants) {
      plugins = new Map([...plugins, [folder, grants]]);
      const written = writing.then(() => save(folder, grants));
      writing = written.catch((error: unknown) => warn(`Permissions were not kept: ${messageOf(error)}`));
      return written;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
