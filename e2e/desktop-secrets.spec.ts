/** What only the desktop window has for secrets: the system's keychain. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSecrets } from './fixtures/example';
import { PROJECT } from './fixtures/open-studio';
import { expect, test } from './fixtures/studio';

const SECRET = 'https://hooks.example.com/services/T0/B0/abcdef';

test('the desktop window encrypts secrets where the system can, and says so where not', async ({
  openStudio,
  copyExample,
  home,
}) => {
  const folder = await copyExample('slack-notifier');
  const { page, application, hostProcessId } = await openStudio(folder);
  const panel = await openSecrets(page);
  const field = panel.getByRole('form', { name: 'Webhook URL' });
  await field.getByRole('textbox').fill(SECRET);
  await field.getByRole('button', { name: 'Set' }).click();
  await expect(field.getByRole('button', { name: 'Replace' })).toBeVisible();

  const hasKeychain = await application?.evaluate(({ safeStorage }) => {
    const { getSelectedStorageBackend = () => 'unknown' }: Partial<typeof safeStorage> = safeStorage;
    const isNone = process.platform === 'linux' && ['basic_text', 'unknown'].includes(getSelectedStorageBackend());
    return !isNone && safeStorage.isEncryptionAvailable();
  });
  const kept = async () => {
    const [file = ''] = await readdir(join(home, 'secrets'));
    return readFile(join(home, 'secrets', file), 'utf8');
  };
  if (hasKeychain !== true) {
    expect(await kept()).toContain(SECRET);
    await expect(panel.getByText(/not encrypted: .*keychain/)).toBeVisible();
    // A keychain with a key of its own, where this machine has none: the person has installed one.
    await application?.evaluate(({ safeStorage }) => {
      const main = process.mainModule;
      if (main === undefined) throw new Error('There is no main module.');
      const { createCipheriv, createDecipheriv, randomBytes }: typeof import('node:crypto') =
        main.require('node:crypto');
      const [key, nonce] = [randomBytes(32), randomBytes(16)];
      Object.assign(safeStorage, {
        isEncryptionAvailable: () => true,
        getSelectedStorageBackend: () => 'gnome_libsecret',
        encryptString(text: string) {
          const cipher = createCipheriv('aes-256-cbc', key, nonce);
          return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
        },
        decryptString(data: Buffer) {
          const cipher = createDecipheriv('aes-256-cbc', key, nonce);
          return Buffer.concat([cipher.update(data), cipher.final()]).toString('utf8');
        },
      });
    });
    process.kill(await hostProcessId(), 'SIGKILL');
  }
  // The next host finds it, and encrypts what was kept before.
  await expect(panel.getByText(/encrypted with a key from your system's keychain/)).toBeVisible({ timeout: 45_000 });
  await expect.poll(kept, { timeout: 45_000 }).not.toContain(SECRET);
  await expect(panel.getByRole('row', { name: /^webhook_url/ })).toContainText('••••••');

  // A door without that key says so, and loses nothing.
  const secret = promisify(execFile).bind(undefined, process.execPath);
  const environment = { env: { ...process.env, MCP_STUDIO_HOME: home } };
  const cli = join(PROJECT, 'out', 'main', 'cli.js');
  const { stdout, stderr } = await secret([cli, 'secret', 'list', folder], environment);
  expect(stdout).toContain('/webhook_url  kept, encrypted by the desktop window');
  expect(stderr).toContain('Open the plugin in the desktop window');
  process.kill(await hostProcessId(), 'SIGKILL');
  await expect(panel.getByRole('row', { name: /^webhook_url/ })).toContainText('••••••', { timeout: 45_000 });
  await expect(field.getByRole('button', { name: 'Replace' })).toBeVisible();
});
