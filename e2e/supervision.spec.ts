/** How a plugin lives, through the window: its state, its figures, its crashes, and what a save does to it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { descendantsOf, isGone } from './fixtures/processes';
import { test, expect as withinSeconds } from './fixtures/studio';

// Plugins are built and get processes.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(180_000);

const SOURCE = join('src', 'analyzer.ts');

const panel = (page: Page) => page.getByRole('tabpanel', { name: 'Plugins', exact: true });
const life = (page: Page, state: string) => panel(page).getByRole('img', { name: `Lifecycle: ${state}` });
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });

async function openView(page: Page) {
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.keyboard.press('Control+Shift+p');
  await page.getByRole('combobox', { name: 'Search files and commands' }).fill('>Plugins');
  await page
    .getByRole('option', { name: /Plugins/ })
    .first()
    .click();
  await expect(panel(page)).toBeVisible();
}

/** The id of the plugin's process, as the view says it. */
async function processId(page: Page, other?: number): Promise<number> {
  const text = panel(page).getByText(/· process \d+/);
  if (other !== undefined) await expect(text).not.toContainText(`process ${other}`);
  return Number(/process (\d+)/.exec((await text.textContent()) ?? '')?.[1]);
}

test('a plugin is started, reloaded and stopped, and its figures are seen', async ({ openStudio, copyExample }) => {
  const folder = await copyExample('static-analyzer');
  const { page } = await openStudio(folder);
  await openView(page);
  await expect(life(page, 'unloaded')).toBeVisible();
  await expect(button(page, 'Stop')).toBeDisabled();
  await button(page, 'Start').click();
  await expect(life(page, 'ready')).toBeVisible();
  await button(page, 'Check health').click();
  await expect(panel(page).getByText('healthy', { exact: true })).toBeVisible();
  await expect(panel(page).getByRole('table', { name: 'Headroom' }).getByRole('row')).toHaveCount(5);
  await expect(panel(page).getByRole('figure').first()).toContainText('%');

  const before = await processId(page);
  const source = await readFile(join(folder, SOURCE), 'utf8');
  await writeFile(join(folder, SOURCE), source.replace(/(class StaticAnalyzer[^{]*\{)/, '$1\n  readonly edited = 1;'));
  const after = await processId(page, before);
  expect(after).toBeGreaterThan(0);
  await expect(life(page, 'ready')).toBeVisible();

  await button(page, 'Unload').click();
  await expect(life(page, 'unloaded')).toBeVisible();
});

test('a plugin that crashes too often is in quarantine until it is released', async ({ openStudio, copyExample }) => {
  const folder = await copyExample('static-analyzer');
  const { page } = await openStudio(folder);
  await openView(page);
  await button(page, 'Start').click();
  await expect(life(page, 'ready')).toBeVisible();
  let pid = await processId(page);
  for (const crash of [1, 2]) {
    process.kill(pid, 'SIGKILL');
    pid = await processId(page, pid);
    await expect(
      panel(page)
        .locator('dd')
        .filter({ hasText: new RegExp(`^${crash}$`) }),
    ).toBeVisible();
  }
  process.kill(pid, 'SIGKILL');
  await expect(panel(page).getByText(/In quarantine since/)).toBeVisible();
  await expect(panel(page).getByRole('list', { name: 'Crashes' }).getByRole('listitem')).toHaveCount(3);
  await expect(button(page, 'Start')).toBeDisabled();
  await button(page, 'Release from quarantine').click();
  await expect(panel(page).getByText(/In quarantine since/)).toBeHidden();
  await button(page, 'Start').click();
  await expect(life(page, 'ready')).toBeVisible();
});

test.describe('when the host is killed', () => {
  test.skip(process.platform !== 'linux', 'It reads /proc.');
  test.use({ toleratedProblems: [/WebSocket connection|net::ERR_|status of 403/] });

  test('nothing that it started goes on', async ({ openStudio, copyExample }) => {
    const studio = await openStudio(await copyExample('static-analyzer'));
    const { page } = studio;
    await openView(page);
    await button(page, 'Start').click();
    await expect(life(page, 'ready')).toBeVisible();
    const plugin = await processId(page);
    const host = await studio.hostProcessId();
    const started = await descendantsOf(host);
    expect(started).toContain(plugin);
    process.kill(host, 'SIGKILL');
    await expect.poll(async () => Promise.all(started.map(isGone))).not.toContain(false);
  });
});
