/**
 * Where secrets are kept: outside of every plugin's folder, in a file for each, which only this user may read. What
 * cannot be read is set aside and said, never overwritten. A door that has something better hands in its own vault.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '@shared/errors';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { fileError, systemCodeOf, writeAtomically } from '../files';

/** By JSON pointer into the plugin's configuration. */
export type KeptSecrets = Readonly<Record<string, unknown>>;

export interface SecretVault {
  /** @throws StudioError workspace/no-permission where they are there and cannot be read. */
  read(pluginFolder: string): Promise<KeptSecrets>;
  /** Keeps these and no others. @throws StudioError workspace/* */
  write(pluginFolder: string, secrets: KeptSecrets): Promise<void>;
  /** In words for a person, such as "in /home/ada/…/secrets/1f.json, which only this user may read". */
  describe(pluginFolder: string): Promise<string>;
}

const KeptSchema = Type.Object({
  /** For whoever looks for a file; the name alone does not tell. */
  folder: Type.String(),
  secrets: Type.Record(Type.String({ pattern: '^/' }), Type.Unknown()),
});

const ONLY_OWNER = 0o600;
const ONLY_OWNER_FOLDER = 0o700;

/** @param warn hears of a file that was set aside. */
export function createFileVault(secretsFolder: string, warn: (message: string) => void): SecretVault {
  const placeOf = async (pluginFolder: string) => {
    const folder = await realpath(pluginFolder).catch((error: unknown) => {
      throw fileError(error, pluginFolder);
    });
    const hash = createHash('sha256').update(folder).digest('hex').slice(0, 32);
    return { folder, file: join(secretsFolder, `${hash}.json`) };
  };

  const setAside = async (file: string) => {
    const aside = `${file}.broken-${Date.now()}`;
    await rename(file, aside);
    await chmod(aside, ONLY_OWNER);
    warn(`The secrets in ${file} could not be read. They are kept in ${aside}; set them again.`);
  };

  return {
    async read(pluginFolder) {
      const { folder, file } = await placeOf(pluginFolder);
      const text = await readOwn(file);
      if (text === undefined) return {};
      const kept: unknown = parseOrUndefined(text);
      if (Value.Check(KeptSchema, kept) && kept.folder === folder) return kept.secrets;
      await setAside(file);
      return {};
    },
    async write(pluginFolder, secrets) {
      const { folder, file } = await placeOf(pluginFolder);
      if (Object.keys(secrets).length === 0) {
        await rm(file, { force: true });
        return;
      }
      try {
        await mkdir(secretsFolder, { recursive: true, mode: ONLY_OWNER_FOLDER });
        // It may have been there before, for more than its owner.
        await chmod(secretsFolder, ONLY_OWNER_FOLDER);
      } catch (error) {
        throw fileError(error, secretsFolder);
      }
      const text = `${JSON.stringify({ folder, secrets }, null, 2)}\n`;
      await writeAtomically(file, text, { mode: ONLY_OWNER });
    },
    async describe(pluginFolder) {
      const { file } = await placeOf(pluginFolder);
      const who = process.platform === 'win32' ? 'in your own folder' : 'which only your user may read';
      return `in ${file}, ${who}, not encrypted`;
    },
  };
}

/** Undefined where there is none. */
async function readOwn(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      if (process.platform !== 'win32') await handle.chmod(ONLY_OWNER);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw fileError(error, file);
  }
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** For whoever has no place for secrets, such as a run of tests. */
export const NO_VAULT: SecretVault = {
  read: async () => ({}),
  async write() {
    throw new StudioError('config/no-secret-store', 'Secrets cannot be kept here. Open the plugin in the studio.');
  },
  describe: async () => 'nowhere',
};
