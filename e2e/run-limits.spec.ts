/** What a run may take is set in its request; a plugin that takes more ends, with the figure and what to do. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect as withinSeconds } from './fixtures/studio';

// Plugins are built and get processes.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(180_000);

const HUNGRY = `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class StaticAnalyzer extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  async analyze() {
    const kept = [];
    for (;;) kept.push({ text: String(kept.length) });
  }
}
`;

const tool = (page: Page, name: string) => page.getByRole('tabpanel', { name, exact: true });

async function run(page: Page) {
  await page.getByRole('tab', { name: 'Run', exact: true }).click();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
}

test('a plugin that eats memory ends at the limit that the request sets', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await writeFile(join(folder, 'src', 'analyzer.ts'), HUNGRY);
  const { page } = await openStudio(folder);
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('tab', { name: 'Request' }).click();
  const limits = tool(page, 'Request').getByRole('region', { name: 'Limits' });
  await expect(limits.getByText('at most 512 MB, built in')).toBeVisible();

  await limits.getByRole('textbox', { name: 'Memory' }).fill('600');
  await run(page);
  const refusal = tool(page, 'Run').getByRole('alert', { name: 'The run did not begin' });
  await expect(refusal).toContainText('The run asks for 600 MB of memory');
  await expect(refusal).toContainText('raise max_plugin_memory_mb');
  await refusal.getByRole('button', { name: 'Show the limits' }).click();

  await limits.getByRole('textbox', { name: 'Memory' }).fill('8');
  await expect(limits.getByText('At least 32 MB')).toBeVisible();
  await limits.getByRole('textbox', { name: 'Memory' }).fill('64');
  await run(page);
  const end = tool(page, 'Run').getByRole('alert', { name: 'The plugin ran out of memory: 64 MB' });
  await expect(end).toContainText('ran out of its 64 MB of heap. Work in smaller parts, or keep less.');
  await expect(end).toContainText('raise it there');
  await expect(tool(page, 'Run').getByRole('button', { name: '64 MB' })).toBeVisible();
  await end.getByRole('button', { name: 'Show the limits' }).click();
  await expect(limits).toBeVisible();
});

test('a registry configuration that is named at the start holds instead of the one in the data folder', async ({
  openStudio,
  copyExample,
  workFolder,
}) => {
  const folder = await copyExample();
  const file = join(workFolder, 'strict.json');
  await writeFile(file, '{ "max_plugin_cpu_percent": 30 }');
  const { page } = await openStudio(`--registry-config=${file}`, folder);
  await page.getByRole('tab', { name: 'Plugins' }).click();
  await expect(tool(page, 'Plugins').getByRole('row', { name: /^Processor/ })).toContainText('30 %');
  await expect(tool(page, 'Plugins').getByText(file)).toBeVisible();
});

test('a registry configuration that is written holds at once, and one that is broken changes nothing', async ({
  openStudio,
  copyExample,
  home,
}) => {
  const folder = await copyExample();
  await mkdir(home, { recursive: true });
  const file = join(home, 'registry.yaml');
  await writeFile(file, 'max_plugin_memory_mb: 300\nallowed_permissions: [network_access]\n');
  const { page } = await openStudio(folder);
  await page.getByRole('tab', { name: 'Plugins' }).click();
  const memory = tool(page, 'Plugins').getByRole('row', { name: /^Memory/ });
  await expect(memory).toContainText('450 MB');
  await expect(memory).toContainText('registry');

  await writeFile(file, 'max_plugin_memory_mb: many\n');
  const problem = tool(page, 'Plugins').getByRole('status').filter({ hasText: 'is refused' });
  await expect(problem).toContainText('max_plugin_memory_mb must be number. What it said before holds.');
  await expect(memory).toContainText('450 MB');

  await page.getByRole('tab', { name: 'Permissions' }).click();
  const files = tool(page, 'Permissions').getByRole('row', { name: /file_system_access/ });
  await expect(files).toContainText('refused');
});
