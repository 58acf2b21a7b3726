/** What plugins log, through the window: by level, by plugin, with its fields, followed and copied. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect as withinSeconds } from './fixtures/studio';

// Plugins are built and get processes.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(180_000);

const SOURCE = join('src', 'analyzer.ts');
const START = /(override async initialize\(\): Promise<void> \{|async initialize\(\): Promise<void> \{)/;

const panel = (page: Page) => page.getByRole('tabpanel', { name: 'Logs', exact: true });
const grid = (page: Page) => panel(page).getByRole('grid', { name: 'Logs' });
const filter = (page: Page) => panel(page).getByRole('textbox', { name: 'Filter logs' });
const detail = (page: Page) => panel(page).getByRole('region', { name: 'Log message' });

/** The plugin logs this when it starts. */
async function logAtStart(folder: string, code: string) {
  const file = join(folder, SOURCE);
  const source = await readFile(file, 'utf8');
  expect(source).toMatch(START);
  await writeFile(file, source.replace(START, `$1\n    ${code}\n`));
}

const openLogs = (page: Page) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Logs', exact: true }).click();

test('a log is filtered by level, text and plugin, looked into, and copied', async ({ openStudio, copyExample }) => {
  const folder = await copyExample('static-analyzer');
  await logAtStart(
    folder,
    `this.logger.debug('Opened the rules', { rules: 3 });
    this.logger.warning('A rule is slow', { rule: { id: 'sql-1', ms: 812 }, files: ['a.py'] });
    this.logger.error('A rule broke', { error: new Error('no such table') });`,
  );
  const { page, context, application } = await openStudio(folder);
  if (application === undefined) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () =>
    application === undefined
      ? page.evaluate(() => navigator.clipboard.readText())
      : application.evaluate(({ clipboard }) => clipboard.readText());
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await openLogs(page);
  await panel(page).getByRole('button', { name: 'Start the plugin' }).click();
  await expect(grid(page).getByRole('row', { name: /A rule is slow/ })).toBeVisible();

  // By level.
  await filter(page).fill('level>=warning');
  await expect(grid(page).getByRole('row', { name: /Opened the rules/ })).toHaveCount(0);
  await expect(panel(page).getByText(/^2 of \d+ messages$/)).toBeVisible();
  // What cannot be read is said, and the last good filter stays.
  await filter(page).fill('level>=warning level:loud');
  await expect(panel(page).getByRole('alert')).toContainText('Still shown: level>=warning');
  await expect(panel(page).getByText(/^2 of \d+ messages$/)).toBeVisible();
  // By what is in the fields, and by plugin.
  await filter(page).fill('plugin:static* sql-1');
  await expect(panel(page).getByText(/^1 of \d+ messages$/)).toBeVisible();
  await filter(page).fill('-plugin:static-analyzer');
  await panel(page).getByRole('button', { name: 'Clear the filter' }).first().click();

  // Into one, with keys.
  await grid(page)
    .getByRole('row', { name: /A rule is slow/ })
    .click();
  await expect(detail(page).getByRole('treeitem', { name: /ms.*812/ })).toBeVisible();
  await page.keyboard.press('j');
  await expect(detail(page).getByText('Error: no such table').first()).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('Escape');
  await expect(detail(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(detail(page)).toBeVisible();

  // One line as text, several as JSON.
  await page.keyboard.press('Control+c');
  await expect.poll(copied).toMatch(/^\S+Z warning \[static-analyzer\] A rule is slow rule=\{"id":"sql-1","ms":812\}/);
  await page.keyboard.press('Shift+ArrowDown');
  await panel(page).getByRole('button', { name: 'Copy the selection as JSON lines' }).click();
  await expect.poll(async () => (await copied()).trimEnd().split('\n').length).toBe(2);
  const [first] = (await copied()).split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({
    level: 'warning',
    plugin: 'static-analyzer',
    message: 'A rule is slow',
    fields: { rule: { id: 'sql-1', ms: 812 }, files: ['a.py'] },
  });

  await panel(page).getByRole('button', { name: 'Clear all logs' }).click();
  await expect(panel(page).getByText('Nothing logged yet')).toBeVisible();
});

test('a log stays at its newest until somebody scrolls up, and says what came meanwhile', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample('static-analyzer');
  await logAtStart(folder, "for (let line = 1; line <= 15_000; line++) this.logger.info('line ' + line);");
  const { page } = await openStudio(folder);
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Plugins', exact: true }).click();
  const plugins = page.getByRole('tabpanel', { name: 'Plugins', exact: true });
  await plugins.getByRole('button', { name: 'Start', exact: true }).click();
  await plugins.getByRole('button', { name: 'Logs', exact: true }).click();
  await expect(filter(page)).toHaveValue('plugin:static-analyzer');
  await expect(grid(page).getByRole('row', { name: /line 15000/ })).toBeVisible();
  // Host and window keep so many, and count those that they let go.
  await expect(panel(page).getByText(/· [\d,]+ let go/)).toBeVisible();

  await grid(page).hover();
  await page.mouse.wheel(0, -2000);
  const back = panel(page).getByRole('button', { name: '0 new' });
  await expect(back).toBeVisible();
  await plugins.page().keyboard.press('Control+Shift+p');
  await page.getByRole('combobox', { name: 'Search files and commands' }).fill('>Restart Plugin');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('button', { name: /^[\d,]{5,} new$/ })).toBeVisible();
  await panel(page).getByRole('button', { name: /new$/ }).click();
  await expect(panel(page).getByText('live', { exact: true })).toBeVisible();
  await expect(
    grid(page)
      .getByRole('row', { name: /line 15000|rules are ready/ })
      .last(),
  ).toBeVisible();
});
