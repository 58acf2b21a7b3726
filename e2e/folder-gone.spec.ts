/** A plugin folder that a sync or a checkout takes away for a moment: it is said, nothing is lost, and all is back with it. */
import { rename } from 'node:fs/promises';
import { expect, test } from './fixtures/studio';

test('a plugin folder that goes and comes back is whole again, with what was typed', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Search files and commands' }).fill('src/finding.ts');
  await expect(page.getByRole('option', { name: 'src/finding.ts' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// typed\n');

  await rename(folder, `${folder}-elsewhere`);
  const bar = page.getByRole('contentinfo');
  await expect(bar).toContainText('folder is gone');
  await bar.getByRole('button', { name: /problem/ }).click();
  const problems = page.getByRole('tabpanel', { name: 'Problems' });
  await expect(problems).toContainText('is gone. Put it back where it was');
  await expect(problems).not.toContainText('has no plugin.json');
  await page.screenshot({ path: test.info().outputPath('gone.png') });

  await rename(`${folder}-elsewhere`, folder);
  await expect(bar).not.toContainText('folder is gone');
  await expect(bar).toContainText('No problems');
  await expect(page.locator('.view-line').filter({ hasText: '// typed' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByRole('status', { name: 'Last run' })).toContainText(/\d+ findings/, { timeout: 30_000 });
  await page.screenshot({ path: test.info().outputPath('back.png') });
});
