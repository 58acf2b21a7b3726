/** Secrets of a configuration in the window: set, replaced, cleared, and never shown. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSecrets } from './fixtures/example';
import { expect, test } from './fixtures/studio';

const SECRET = 'https://hooks.example.com/services/T0/B0/abcdef';

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
  const panel = await openSecrets(page);
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
  const panel = await openSecrets(page);
  await expect(panel.getByText('where anybody who gets the folder can read it')).toBeVisible();

  await panel.getByRole('button', { name: 'Move to the secret store' }).click();
  await expect(panel.getByRole('form', { name: 'Webhook URL' }).getByRole('button', { name: 'Replace' })).toBeVisible();
  await expect(panel.getByText('where anybody who gets the folder can read it')).toHaveCount(0);
  expect(await readFile(file, 'utf8')).toBe('# of this team\nmention: here\n');
  await expect(panel.locator('.view-line').filter({ hasText: 'webhook_url' })).toHaveCount(0);
});
