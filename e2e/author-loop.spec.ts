/**
 * The loop of a plugin's author, once, with mouse and keyboard: open the example, break and mend the manifest, run on
 * a vulnerable and on a clean sample, see the events, change the configuration in the form and on disk, edit a rule,
 * run again and compare.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openExample, runSample } from './fixtures/example';
import { expect, test } from './fixtures/studio';

const rowsOf = (page: Page, grid: string) => page.getByRole('grid', { name: grid }).getByRole('row');
const problems = (page: Page) => page.getByRole('tabpanel', { name: 'Problems' });
const configuration = (page: Page) => page.getByRole('tabpanel', { name: 'Configuration' });
const lastRun = (page: Page) => page.getByRole('status', { name: 'Last run' });

async function goToFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  const search = page.getByRole('combobox', { name: 'Search files and commands' });
  await search.fill(name);
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option', { name }).first()).toBeVisible();
  await search.press('Enter');
}

/** Selects a piece of the open file as a person would: by the editor's search. */
async function selectInEditor(page: Page, file: RegExp, text: string): Promise<void> {
  const editor = page.getByRole('tabpanel', { name: file });
  // At its beginning: a line is as wide as the longest, and its middle may lie outside the window.
  await editor
    .locator('.view-line')
    .first()
    .click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Control+f');
  const find = editor.getByRole('textbox', { name: 'Find' });
  await find.fill(text);
  await expect(editor.getByText('1 of 1')).toBeVisible();
  await find.press('Escape');
}

async function openConfiguration(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Configuration' }).click();
  await expect(configuration(page)).toBeVisible();
}

test('a broken manifest is marked in the form, in the JSON and in Problems, and its fix mends it', async ({ page }) => {
  await openExample(page, 'static-analyzer');
  await page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  // Form and JSON stand beside one another where both have room.
  await page.keyboard.press('Control+Alt+b');
  const version = page.getByRole('textbox', { name: 'Version', exact: true });
  await version.fill('1.2');
  const general = page.getByRole('region', { name: 'General' });
  await expect(general.getByRole('button', { name: 'Use 1.2.0' })).toBeVisible();
  await expect(page.locator('.monaco-editor .squiggly-error')).toHaveCount(1);

  await page.keyboard.press('Control+s');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(problems(page).getByText('manifest/version')).toBeVisible();
  await problems(page).getByRole('button', { name: 'Use 1.2.0' }).click();

  await expect(version).toHaveValue('1.2.0');
  await expect(general.getByRole('button', { name: 'Use 1.2.0' })).toBeHidden();
  await expect(page.locator('.monaco-editor .squiggly-error')).toHaveCount(0);
});

test('form and JSON share one undo history', async ({ page }) => {
  await openExample(page, 'static-analyzer');
  await page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  // Form and JSON stand beside one another where both have room.
  await page.keyboard.press('Control+Alt+b');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('renamed-analyzer');
  await expect(page.locator('.view-lines').filter({ hasText: '"renamed-analyzer"' })).toBeVisible();
  await name.press('Control+z');
  await expect(name).toHaveValue('static-analyzer');
  await expect(page.locator('.view-lines').filter({ hasText: '"static-analyzer"' })).toBeVisible();
});

test('a run shows its findings as a table and as marks, and the clean sample has none that is grave', async ({
  page,
}) => {
  await openExample(page, 'static-analyzer');
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');
  await expect(rowsOf(page, 'Findings')).toHaveCount(10);

  await rowsOf(page, 'Findings').filter({ hasText: 'SQL built by concatenation' }).dblclick();
  const sample = page.getByRole('tabpanel', { name: 'orders-service.py' });
  await expect(sample.locator('.mark-line.mark-critical.mark-selected')).toHaveCount(1);
  await expect(sample.locator('.mark-squiggle').first()).toBeVisible();

  await page.getByRole('columnheader', { name: 'Line' }).click();
  await expect(rowsOf(page, 'Findings').nth(1)).toContainText('11');

  await runSample(page, 'clean_service.py');
  await expect(lastRun(page)).toContainText(/0 findings|no findings/i);
  for (const severity of ['critical', 'high']) {
    await expect(rowsOf(page, 'Findings').filter({ hasText: severity })).toHaveCount(0);
  }
});

test('the poisoned tool of an MCP server is found', async ({ page }) => {
  await openExample(page, 'static-analyzer');
  await runSample(page, 'tools-list.poisoned.json');
  await expect(lastRun(page)).toContainText(/[3-9] findings/);
  await expect(
    rowsOf(page, 'Findings')
      .filter({ hasText: /invisible|hidden/i })
      .first(),
  ).toBeVisible();
});

test('the events of a run are listed, filtered, paused and followed', async ({ page }) => {
  await openExample(page, 'static-analyzer');
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');
  const events = rowsOf(page, 'Events');
  await expect(events.filter({ hasText: 'analysis.completed' })).toBeVisible();

  const filter = page.getByRole('textbox', { name: 'Filter events' });
  await filter.fill('type:security.** priority>=critical');
  await filter.press('Enter');
  await expect(events.filter({ hasText: 'security.vulnerability_detected' })).toHaveCount(3);
  await expect(events).toHaveCount(4);

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('grid', { name: 'Findings' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/\d+ waiting/)).toBeVisible();
  await expect(events).toHaveCount(4);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(events).toHaveCount(7);

  await events.nth(1).click();
  await page.getByRole('button', { name: 'Follow correlation' }).click();
  await expect(filter).toHaveValue(/correlation:/);
  await expect(events.filter({ hasText: 'analysis.completed' })).toHaveCount(1);
  await expect(page.getByText(/^1[12] of /)).toBeVisible();

  await filter.fill('priority>=enormous');
  await filter.press('Enter');
  await expect(page.getByText(/critical, high, medium/)).toBeVisible();
});

test('a configuration change reaches the running plugin without a restart, from the form and from the disk', async ({
  page,
  home,
}) => {
  await openExample(page, 'static-analyzer');
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');

  await openConfiguration(page);
  await configuration(page).getByRole('combobox', { name: 'Severity threshold' }).click();
  await page.getByRole('option', { name: 'high', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/took generation \d+ at .* in \d+ ms, without a restart/)).toBeVisible();

  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('6 findings');
  const filter = page.getByRole('textbox', { name: 'Filter events' });
  await filter.fill('type:plugin.**');
  await filter.press('Enter');
  await expect(rowsOf(page, 'Events').filter({ hasText: 'plugin.loaded' })).toHaveCount(1);
  await expect(rowsOf(page, 'Events').filter({ hasText: 'plugin.unloaded' })).toHaveCount(0);

  const stored = join(home, 'examples', 'static-analyzer', 'config', 'static-analyzer.yaml');
  expect(await readFile(stored, 'utf8')).toContain('severity_threshold: high');
  await writeFile(stored, 'severity_threshold: critical\n');
  await expect(rowsOf(page, 'Events').filter({ hasText: 'plugin.config_updated' })).toHaveCount(2);
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('3 findings');
});

test('a refused configuration change is shown at its field, and the last good one stays', async ({ page, home }) => {
  await openExample(page, 'static-analyzer');
  const folder = join(home, 'examples', 'static-analyzer', 'config');
  await mkdir(folder, { recursive: true });
  await openConfiguration(page);
  await writeFile(join(folder, 'static-analyzer.yaml'), 'severity_threshold: enormous\n');
  const refusal = page.getByRole('alert').filter({ hasText: 'Refused' });
  await expect(refusal).toContainText('/severity_threshold');
  await expect(configuration(page)).toContainText(/one of|allowed/i);
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');
});

test('an edited rule takes effect at the next run, which says what is new and what is gone', async ({ page }) => {
  await openExample(page, 'static-analyzer');
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');

  await goToFile(page, 'debug-mode.ts');
  const tab = page.getByRole('tab', { name: /debug-mode\.ts/ });
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await selectInEditor(page, /debug-mode\.ts/, "id: 'debug-mode'");
  await page.keyboard.insertText("id: 'debug-switch'");
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/built in \d+ ms/)).toBeVisible();

  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('1 new');
  await expect(lastRun(page)).toContainText('1 gone');
  await expect(
    rowsOf(page, 'Findings').filter({ hasText: 'Debug mode switched on' }).filter({ hasText: 'new' }),
  ).toBeVisible();
});

test('a mistake in the code is marked where it is, and the run says so instead of running old code', async ({
  page,
}) => {
  await openExample(page, 'static-analyzer');
  await goToFile(page, 'debug-mode.ts');
  await selectInEditor(page, /debug-mode\.ts/, "id: 'debug-mode'");
  await page.keyboard.insertText('}} const');
  await page.keyboard.press('Control+s');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(
    problems(page)
      .getByText(/debug-mode\.ts/)
      .first(),
  ).toBeVisible();
  await runSample(page, 'orders-service.py');
  await expect(page.getByText(/does not build/).first()).toBeVisible();
});
