import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { aesCipher } from './aes-cipher.fixture';
import { LockedSecret, type SecretProtection } from './secret-cipher';
import { createFileVault } from './secret-vault';

const folder = temporaryFolder();
const at = (...path: string[]) => join(folder.path, ...path);

async function vaultWith(secrets: Record<string, unknown> = { '/token': 'k33p-me' }) {
  const warnings: string[] = [];
  const plugin = at('plugin');
  await mkdir(plugin, { recursive: true });
  const vault = createFileVault(at('data', 'secrets'), (message) => warnings.push(message));
  await vault.write(plugin, secrets);
  const files = () => readdirSync(at('data', 'secrets'));
  return { vault, warnings, plugin, files };
}

test('what is kept is there again for another studio, and outside of the plugin', async () => {
  const { plugin, files } = await vaultWith({ '/token': 'k33p-me', '/pin': 1234 });
  const other = createFileVault(at('data', 'secrets'), () => undefined);
  expect(await other.read(plugin)).toEqual({ '/token': 'k33p-me', '/pin': 1234 });
  expect(readdirSync(plugin)).toEqual([]);
  expect(files()).toHaveLength(1);
});

test.skipIf(process.platform === 'win32')('only their owner may read the files, also where others could', async () => {
  const { vault, plugin, files } = await vaultWith();
  const file = at('data', 'secrets', files()[0] ?? '');
  const modes = () => [file, at('data', 'secrets')].map((path) => statSync(path).mode & 0o777);
  expect(modes()).toEqual([0o600, 0o700]);
  await chmod(file, 0o644);
  await chmod(at('data', 'secrets'), 0o755);
  await vault.read(plugin);
  await vault.write(plugin, { '/token': 'another' });
  expect(modes()).toEqual([0o600, 0o700]);
});

test('a plugin has the same secrets by whatever path it is opened, and no others', async () => {
  const { vault, plugin } = await vaultWith();
  symlinkSync(plugin, at('link'));
  await mkdir(at('other'));
  expect(await vault.read(at('link'))).toEqual({ '/token': 'k33p-me' });
  expect(await vault.read(at('other'))).toEqual({});
});

test('the last that is cleared takes the file with it', async () => {
  const { vault, plugin, files } = await vaultWith();
  await vault.write(plugin, {});
  expect(files()).toEqual([]);
  expect(await vault.read(plugin)).toEqual({});
});

test.each(['{"folder": 1}', 'k33p-me', ''])('a broken file is set aside with a warning: %s', async (text) => {
  const { vault, warnings, plugin, files } = await vaultWith();
  writeFileSync(at('data', 'secrets', files()[0] ?? ''), text);
  expect(await vault.read(plugin)).toEqual({});
  expect(warnings).toEqual([expect.stringContaining('set them again')]);
  expect(warnings[0]).not.toContain('k33p-me');
  const [aside = ''] = files();
  expect(aside).toMatch(/\.broken-\d+$/);
  expect(readFileSync(at('data', 'secrets', aside), 'utf8')).toBe(text);
});

test('a person is told where they are, and that they are not encrypted', async () => {
  const { vault, plugin, files } = await vaultWith();
  const said = await vault.describe(plugin);
  expect(said).toContain(at('data', 'secrets', files()[0] ?? ''));
  expect(said).toContain('not encrypted');
});

test('a plugin that is gone is said', async () => {
  const { vault } = await vaultWith();
  await expect(vault.read(at('gone'))).rejects.toMatchObject({ code: 'workspace/not-found' });
});

/** Another door to the same secrets. */
const door = (protection: SecretProtection, warnings: string[] = []) =>
  createFileVault(at('data', 'secrets'), (message) => warnings.push(message), protection);

const textOf = (files: () => string[]) => readFileSync(at('data', 'secrets', files()[0] ?? ''), 'utf8');

test('where something encrypts, the file shows no secret, and the next start reads them', async () => {
  const { plugin, files } = await vaultWith();
  const cipher = aesCipher();
  await door({ cipher }).write(plugin, { '/token': 'k33p-me', '/pins': [1234, 5678] });
  expect(textOf(files)).not.toMatch(/k33p-me|1234/);
  expect(await door({ cipher }).read(plugin)).toEqual({ '/token': 'k33p-me', '/pins': [1234, 5678] });
  expect(await door({ cipher }).describe(plugin)).toContain('encrypted with a key from');
});

test('what was kept as it is becomes encrypted when it is read where something encrypts', async () => {
  const { plugin, files } = await vaultWith({ '/token': 'k33p-me' });
  expect(textOf(files)).toContain('k33p-me');
  const cipher = aesCipher();
  expect(await door({ cipher }).read(plugin)).toEqual({ '/token': 'k33p-me' });
  expect(textOf(files)).not.toContain('k33p-me');
  expect(await door({ cipher }).read(plugin)).toEqual({ '/token': 'k33p-me' });
});

test.each([
  ['no cipher', () => ({})],
  ['another key', () => ({ cipher: aesCipher() })],
  ['another cipher', () => ({ cipher: aesCipher('another') })],
] as const)('with %s a secret is locked, and stays as it is whatever else is kept', async (_, protection) => {
  const { plugin } = await vaultWith();
  const cipher = aesCipher();
  await door({ cipher }).write(plugin, { '/token': 'k33p-me' });
  const other = door(protection());
  const kept = await other.read(plugin);
  expect(kept['/token']).toBeInstanceOf(LockedSecret);
  await other.write(plugin, { ...kept, '/pin': 'of-the-other' });
  expect((await other.read(plugin))['/pin']).toBe('of-the-other');
  expect((await door({ cipher }).read(plugin))['/token']).toBe('k33p-me');
});

test('both kinds are read side by side', async () => {
  const { plugin } = await vaultWith();
  const cipher = aesCipher();
  await door({ cipher }).write(plugin, { '/token': 'k33p-me' });
  await door({}).write(plugin, { ...(await door({}).read(plugin)), '/pin': 'plain-one' });
  expect(await door({ cipher }).read(plugin)).toEqual({ '/token': 'k33p-me', '/pin': 'plain-one' });
});

test('where the system refuses to encrypt nothing is kept, and what there was can still be read', async () => {
  const { plugin, files } = await vaultWith({ '/token': 'k33p-me' });
  const warnings: string[] = [];
  const refusing = { ...aesCipher(), encrypt: () => Promise.reject(new Error('The keychain is locked.')) };
  const vault = door({ cipher: refusing }, warnings);
  expect(await vault.read(plugin)).toEqual({ '/token': 'k33p-me' });
  expect(warnings).toEqual([expect.stringContaining('still not encrypted')]);
  await expect(vault.write(plugin, { '/token': 'another' })).rejects.toMatchObject({
    code: 'config/secret-not-encrypted',
    message: expect.stringContaining('The keychain is locked.'),
  });
  expect(textOf(files)).toContain('k33p-me');
});

test('a person is told why they are not encrypted', async () => {
  const { plugin } = await vaultWith();
  expect(await door({ why: 'there is no keychain' }).describe(plugin)).toMatch(/not encrypted: there is no keychain$/);
});
