/** Secrets of a configuration in the window: set, replaced, cleared, and never shown. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { PROJECT } from './fixtures/open-studio';
import { expect, test } from './fixtures/studio';

const SECRET = 'https://hooks.example.com/services/T0/B0/abcdef';

async function openConfiguration(page: Page) {
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Configuration' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Configuration' });
  await expect(panel.getByRole('region', { name: 'Secrets' })).toBeVisible();
  return panel;
}

test('a secret is set, replaced and cleared, and the window never shows it', async ({
  openStudio,
  copyExample,
  home,
}) => {
  const folder = await copyExample('slack-notifier');
  const { page, link } = await openStudio(folder);
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await page.reload();
  const panel = await openConfiguration(page);
  const field = panel.getByRole('form', { name: 'Webhook URL' });
  const inForce = panel.getByRole('region', { name: 'In force' });
  await expect(panel.getByRole('region', { name: 'Configuration' }).getByLabel('Webhook URL')).toHaveCount(0);
  await expect(field.getByRole('button', { name: 'Set' })).toBeDisabled();

  await field.getByRole('textbox').click();
  await field.getByRole('textbox').fill('abc');
  await field.getByRole('textbox').press('Enter');
  await expect(field.getByText('at least 4 characters')).toBeVisible();

  await field.getByRole('textbox').fill(SECRET);
  await field.getByRole('button', { name: 'Set' }).click();
  await expect(field.getByRole('button', { name: 'Replace' })).toBeVisible();
  await expect(field.getByRole('textbox')).toHaveValue('');
  await expect(field.getByRole('textbox')).toHaveAttribute('type', 'password');
  await expect(inForce.getByRole('row', { name: /^webhook_url/ })).toContainText('••••••');
  await expect(inForce.getByRole('row', { name: /^webhook_url/ })).toContainText('secret store');
  await expect(panel.getByText('unsaved')).toHaveCount(0);

  const files = await readdir(join(home, 'secrets'));
  expect(files).toHaveLength(1);
  await expect(panel.getByText(files[0] ?? '')).toBeVisible();
  expect(await readFile(join(home, 'secrets', files[0] ?? ''), 'utf8')).toContain(SECRET);

  const more = panel.getByRole('form', { name: 'More webhooks' });
  await more.getByLabel('More webhooks: name of a new one').fill('on call');
  await more.getByLabel('Secret', { exact: true }).fill(`${SECRET}-2`);
  await more.getByRole('button', { name: 'Add' }).click();
  await expect(panel.getByRole('form', { name: 'on call' })).toBeVisible();

  await page.reload();
  await expect(panel.getByRole('form', { name: 'on call' })).toBeVisible();
  await panel.getByRole('button', { name: 'Clear Webhook URL' }).click();
  await expect(field.getByRole('button', { name: 'Set' })).toBeVisible();
  await expect(panel.getByRole('form', { name: 'Webhook URL' }).locator('..')).toContainText('Not set.');

  // Only in the browser can what the host says be listened to.
  expect(heard.length > 0).toBe(link !== undefined);
  expect(heard.filter((payload) => payload.includes(SECRET))).toEqual([]);
  expect(await page.content()).not.toContain(SECRET);
});

test('a secret in the stored file is warned of, and one click moves it out', async ({ openStudio, copyExample }) => {
  const folder = await copyExample('slack-notifier');
  const file = join(folder, 'config', 'slack-notifier.yaml');
  await mkdir(join(folder, 'config'), { recursive: true });
  await writeFile(file, `# of this team\nmention: here\nwebhook_url: ${SECRET}\n`);
  const { page } = await openStudio(folder);
  const panel = await openConfiguration(page);
  await expect(panel.getByText('where anybody who gets the folder can read it')).toBeVisible();

  await panel.getByRole('button', { name: 'Move to the secret store' }).click();
  await expect(panel.getByRole('form', { name: 'Webhook URL' }).getByRole('button', { name: 'Replace' })).toBeVisible();
  await expect(panel.getByText('where anybody who gets the folder can read it')).toHaveCount(0);
  expect(await readFile(file, 'utf8')).toBe('# of this team\nmention: here\n');
  await expect(panel.locator('.view-line').filter({ hasText: 'webhook_url' })).toHaveCount(0);
});

test('the desktop window encrypts secrets where the system can, and says so where not', async ({
  openStudio,
  copyExample,
  home,
  door,
}) => {
  test.skip(door !== 'electron', 'only the desktop window has the keychain');
  const folder = await copyExample('slack-notifier');
  const { page, application, hostProcessId } = await openStudio(folder);
  const panel = await openConfiguration(page);
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
