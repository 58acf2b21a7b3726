/** What is typed and not saved: kept through tabs and reloads, asked for before it would be lost. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openFile, typeAtTop } from './fixtures/editor';
import type { OpenStudio } from './fixtures/open-studio';
import { expect, test } from './fixtures/studio';

const tab = (page: Page, name: string) => page.getByRole('tab', { name });

async function openConfiguration(page: Page) {
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Configuration' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Configuration' });
  await expect(panel.getByText(/saved|not stored yet/).first()).toBeVisible();
  return panel;
}

/** Types into the stored YAML. */
async function typeConfiguration(page: Page, text: string): Promise<void> {
  const panel = await openConfiguration(page);
  await panel.locator('.monaco-editor').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
  await expect(panel.getByText('unsaved', { exact: false })).toBeVisible();
}

/** Reloads a window that asks first, and leaves it all the same. */
async function reload({ page, application }: OpenStudio, meanwhile = async () => {}): Promise<void> {
  if (application !== undefined) {
    // The desktop asks in a dialog of the system.
    const asked = application.evaluate(
      ({ dialog }) =>
        new Promise<void>((resolve) => {
          dialog.showMessageBoxSync = () => {
            resolve();
            return 1;
          };
        }),
    );
    await meanwhile();
    await Promise.all([asked, page.reload()]);
    return;
  }
  const asked = page.waitForEvent('dialog');
  const reloaded = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await meanwhile();
  await dialog.accept();
  await reloaded;
}

test('an unsaved configuration is asked for when its tab or its plugin is closed', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await typeConfiguration(page, '# mine\n');
  const close = page.getByRole('button', { name: 'Close Configuration, not saved' });

  await openFile(page, 'src/finding.ts');
  await tab(page, 'Configuration').click();
  await expect(page.locator('.view-line').filter({ hasText: '# mine' })).toBeVisible();

  await close.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(close).toBeVisible();

  await page.getByRole('treeitem').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Close plugin' }).click();
  await expect(page.getByRole('dialog')).toContainText('.yaml');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await close.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(tab(page, 'Configuration')).toHaveCount(0);
  await openConfiguration(page);
  await expect(page.locator('.view-line').filter({ hasText: '# mine' })).toBeVisible();

  await typeConfiguration(page, '# given up\n');
  await close.click();
  await page.getByRole('button', { name: 'Don’t save' }).click();
  await openConfiguration(page);
  await expect(page.locator('.view-line').filter({ hasText: '# mine' })).toBeVisible();
  await expect(page.locator('.view-line').filter({ hasText: 'given up' })).toHaveCount(0);
});

test('Save in the menu saves the configuration in front', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await typeConfiguration(page, '# mine\n');
  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Save Ctrl/ }).click();
  await expect(page.getByRole('button', { name: 'Close Configuration, not saved' })).toHaveCount(0);
  await expect(tab(page, 'Configuration')).toBeVisible();
});

test('unsaved texts are there again after a reload, and a file that changed meanwhile asks which to keep', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const file = join(folder, 'src/finding.ts');
  const original = await readFile(file, 'utf8');
  const studio = await openStudio(folder);
  const { page } = studio;
  await typeConfiguration(page, '# mine\n');
  await openFile(page, 'src/finding.ts');
  await typeAtTop(page, '// mine\n');

  await reload(studio);
  await expect(page.getByRole('button', { name: 'Close finding.ts, not saved' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Close Configuration, not saved' })).toBeVisible();
  await expect(page.locator('.view-line').filter({ hasText: '// mine' })).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(original);

  await reload(studio, () => writeFile(file, `// theirs\n${original}`));
  const banner = page.getByRole('alert').filter({ hasText: 'has changed on disk' });
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'Keep mine' }).click();
  await expect.poll(() => readFile(file, 'utf8')).toBe(`// mine\n${original}`);

  await tab(page, 'Configuration').click();
  await page.getByRole('button', { name: 'Revert' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Close finding.ts', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /not saved/ })).toHaveCount(0);
});

test('an edited request is there again after other tabs were looked at', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await tab(page, 'Request').click();
  const panel = page.getByRole('tabpanel', { name: 'Request' });
  await panel.getByText('JSON', { exact: true }).click();
  await panel.locator('.view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('{ broken');
  await expect(panel.getByRole('alert')).toContainText('Nothing runs until this can be read');

  await tab(page, 'Response').click();
  await tab(page, 'Request').click();
  await expect(panel.locator('.view-line').filter({ hasText: '{ broken' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reset layout' }).click();
  await tab(page, 'Request').click();
  await expect(panel.getByRole('alert')).toContainText('The JSON cannot be read');
  await panel.getByRole('button', { name: 'Show it' }).click();
  await expect(panel.locator('.view-line').filter({ hasText: '{ broken' })).toBeVisible();
});
