/** What is wrong is said where the person looks, with what to do next, and nothing is lost. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/studio';

async function replaceAnalyzer(folder: string, body: string): Promise<void> {
  const text = `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class StaticAnalyzer extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  getRulesInfo() { return {}; }
  ${body}
}
`;
  await writeFile(join(folder, 'src', 'analyzer.ts'), text);
}

async function run(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
}

test('a plugin that throws shows what it threw and where, and the next run is a fresh one', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await replaceAnalyzer(folder, "async analyze() { throw new Error('the rules are gone'); }");
  const { page } = await openStudio(folder);
  await run(page);
  const panel = page.getByRole('tabpanel', { name: 'Run' });
  await expect(panel.getByText('the rules are gone').first()).toBeVisible();
  await expect(panel.getByText(/src\/analyzer\.ts:5/).first()).toBeVisible();

  await replaceAnalyzer(
    folder,
    "async analyze(request) { return { request_id: request.request_id, status: 'success' }; }",
  );
  await run(page);
  await expect(page.getByRole('status', { name: 'Last run' })).toContainText(/0 findings|no findings/i);
});

test('a plugin that loops for ever is stopped at its timeout, and the window goes on', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await replaceAnalyzer(folder, 'async analyze() { for (;;); }');
  const { page } = await openStudio(folder);
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('textbox', { name: 'Timeout in seconds' }).fill('2');
  await run(page);
  await expect(
    page
      .getByRole('tabpanel', { name: 'Run' })
      .getByText(/timeout|timed out/i)
      .first(),
  ).toBeVisible();
});

test('a folder without plugin.json is refused with what to do', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await rm(join(folder, 'plugin.json'));
  const { page } = await openStudio();
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/no plugin\.json/).first()).toBeVisible();
});
