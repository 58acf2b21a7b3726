/**
 * Where secrets are kept: outside of every plugin's folder, in a file for each, which only this user may read, and
 * encrypted where the door has something that does it. What is no file of secrets is set aside and said; a secret that
 * cannot be decrypted here stays in it as it is. Nothing is lost by being opened through another door.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, StudioError } from '@shared/errors';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { fileError, systemCodeOf, writeAtomically } from '../files';
import { EncryptedSchema, LockedSecret, type SecretProtection } from './secret-cipher';

/** By JSON pointer into the plugin's configuration; a LockedSecret where it cannot be read here. */
export type KeptSecrets = Readonly<Record<string, unknown>>;

export interface SecretVault {
  /** @throws StudioError workspace/no-permission where they are there and cannot be read. */
  read(pluginFolder: string): Promise<KeptSecrets>;
  /** Keeps these and no others. @throws StudioError workspace/*, config/secret-not-encrypted */
  write(pluginFolder: string, secrets: KeptSecrets): Promise<void>;
  /** In words for a person, such as "in /home/ada/…/secrets/1f.json, which only this user may read". */
  describe(pluginFolder: string): Promise<string>;
}

const KeptSchema = Type.Object({
  /** For whoever looks for a file; the name alone does not tell. */
  folder: Type.String(),
  secrets: Type.Record(Type.String({ pattern: '^/' }), Type.Unknown()),
  /** As JSON, encrypted. */
  encrypted: Type.Optional(Type.Record(Type.String({ pattern: '^/' }), EncryptedSchema)),
});
type Kept = Static<typeof KeptSchema>;

const ONLY_OWNER = 0o600;
const ONLY_OWNER_FOLDER = 0o700;

/** @param warn hears of a file that was set aside, and of what could not be encrypted. */
export function createFileVault(
  secretsFolder: string,
  warn: (message: string) => void,
  protection: SecretProtection = {},
): SecretVault {
  const cipher = 'cipher' in protection ? protection.cipher : undefined;

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

  const decrypted = async ({ cipher: by, data }: Static<typeof EncryptedSchema>): Promise<unknown> => {
    if (cipher === undefined || cipher.id !== by) return new LockedSecret(by, data);
    // Another key: the keychain was locked or made anew, or the folder comes from another machine.
    const text = await cipher.decrypt(data).catch(() => undefined);
    return (text === undefined ? undefined : parseOrUndefined(text)) ?? new LockedSecret(by, data);
  };

  const open = async ({ secrets, encrypted = {} }: Kept): Promise<KeptSecrets> => {
    const opened: Record<string, unknown> = { ...secrets };
    for (const [pointer, each] of Object.entries(encrypted)) opened[pointer] = await decrypted(each);
    return opened;
  };

  const close = async (folder: string, kept: KeptSecrets): Promise<Kept> => {
    const secrets: Record<string, unknown> = {};
    const encrypted: NonNullable<Kept['encrypted']> = {};
    for (const [pointer, value] of Object.entries(kept)) {
      if (value instanceof LockedSecret) encrypted[pointer] = { cipher: value.cipher, data: value.data };
      else if (cipher === undefined) secrets[pointer] = value;
      else encrypted[pointer] = { cipher: cipher.id, data: await cipher.encrypt(JSON.stringify(value)) };
    }
    return Object.keys(encrypted).length === 0 ? { folder, secrets } : { folder, secrets, encrypted };
  };

  const write = async (pluginFolder: string, secrets: KeptSecrets) => {
    const { folder, file } = await placeOf(pluginFolder);
    if (Object.keys(secrets).length === 0) {
      await rm(file, { force: true });
      return;
    }
    const closed = await close(folder, secrets).catch((cause: unknown) => {
      const message = `The system refused to encrypt the secret, so nothing was kept. ${messageOf(cause)} Unlock its keychain, and set it again.`;
      throw new StudioError('config/secret-not-encrypted', message, { cause });
    });
    try {
      await mkdir(secretsFolder, { recursive: true, mode: ONLY_OWNER_FOLDER });
      // It may have been there before, for more than its owner.
      await chmod(secretsFolder, ONLY_OWNER_FOLDER);
    } catch (error) {
      throw fileError(error, secretsFolder);
    }
    await writeAtomically(file, `${JSON.stringify(closed, null, 2)}\n`, { mode: ONLY_OWNER });
  };

  /** What was kept before there was a cipher, or by a door that has none. It can be read meanwhile as before. */
  const encryptPlain = async (pluginFolder: string, opened: KeptSecrets, file: string) => {
    try {
      await write(pluginFolder, opened);
    } catch (error) {
      warn(`The secrets in ${file} are still not encrypted. ${messageOf(error)}`);
    }
  };

  return {
    async read(pluginFolder) {
      const { folder, file } = await placeOf(pluginFolder);
      const text = await readOwn(file);
      if (text === undefined) return {};
      const kept: unknown = parseOrUndefined(text);
      if (!Value.Check(KeptSchema, kept) || kept.folder !== folder) {
        await setAside(file);
        return {};
      }
      const opened = await open(kept);
      if (cipher !== undefined && Object.keys(kept.secrets).length > 0) await encryptPlain(pluginFolder, opened, file);
      return opened;
    },
    write,
    async describe(pluginFolder) {
      const { file } = await placeOf(pluginFolder);
      const who = process.platform === 'win32' ? 'in your own folder' : 'which only your user may read';
      if (cipher !== undefined) return `in ${file}, ${who}, encrypted with a key from your system's keychain`;
      const { why } = protection as { readonly why?: string };
      return `in ${file}, ${who}, not encrypted${why === undefined ? '' : `: ${why}`}`;
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
