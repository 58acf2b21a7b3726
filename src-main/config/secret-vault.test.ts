import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
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
