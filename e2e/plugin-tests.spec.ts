/** The tests of a plugin, from the first one written to a failure that is mended. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test, expect as withinSeconds } from './fixtures/studio';

// Every file of tests is built and gets a process, some more than one.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(240_000);

const panel = (page: Page) => page.getByRole('tabpanel', { name: /^Tests/ });
const row = (page: Page, name: string | RegExp) => panel(page).getByRole('treeitem', { name });
const results = (page: Page) => panel(page).getByRole('status', { name: 'Results' });

async function openTests(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Tests' }).click();
}

const HEAD = "import { describe, expect, test } from 'mcp-plugin-sdk/testing';\n";

test('all tests of the example pass, each found before it was run', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await openTests(page);
  await expect(row(page, /^a comment for another rule silences nothing, not run$/)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Run all' }).click();
  await expect(results(page)).toHaveText(/^17 passed · \d+\.\d\d s$/);
  await expect(row(page, /^what it finds, passed$/)).toBeVisible();
});

test('a failure shows the difference, marks its line, and is gone when it is mended', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const file = join(folder, 'tests', 'sums.test.ts');
  await writeFile(
    file,
    `${HEAD}describe('sums', () => {\n  test('add up', () => {\n    expect({ of: [1, 1], sum: 2 }).toEqual({ of: [1, 1], sum: 3 });\n  });\n  test('are numbers', () => expect(typeof (1 + 1)).toBe('number'));\n});\n`,
  );
  const { page } = await openStudio(folder);
  await openTests(page);
  await row(page, /^sums, not run$/).click();
  await page.keyboard.press('Space');
  await expect(row(page, /^add up, failed$/)).toBeVisible();
  await expect(row(page, /^are numbers, passed$/)).toBeVisible();

  await row(page, /^add up, failed$/).click();
  const detail = panel(page).getByRole('region', { name: 'Test' });
  await expect(detail.getByText('expected { of: [ 1, 1 ], sum: 2 } to deeply equal')).toBeVisible();
  await expect(detail.getByText('-   "sum": 3,')).toBeVisible();
  await expect(detail.getByText('+   "sum": 2,')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /sums\.test\.ts/ })).toBeVisible();
  await expect(page.locator('.squiggly-error').first()).toBeVisible();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(page.getByRole('treeitem', { name: /error: sums › add up: expected/ })).toBeVisible();

  await writeFile(file, (await readFile(file, 'utf8')).replace('sum: 3', 'sum: 2'));
  await page.getByRole('tab', { name: /^Tests/ }).click();
  await panel(page).getByRole('button', { name: 'Run failed' }).click();
  await expect(row(page, /^add up, passed$/)).toBeVisible();
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
});

test('a test that loops for ever is ended, said so, and the others run; a run can be stopped', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await writeFile(
    join(folder, 'tests', 'a.test.ts'),
    `${HEAD}test('loops', () => { for (;;); }, 300);\ntest('after', () => expect(1).toBe(1));\n`,
  );
  const { page } = await openStudio(folder);
  await openTests(page);
  await row(page, /^tests\/a\.test\.ts, not run$/).click();
  await page.keyboard.press('Space');
  await expect(row(page, /^loops, timed out$/)).toBeVisible();
  await expect(row(page, /^after, passed$/)).toBeVisible();

  await writeFile(join(folder, 'tests', 'a.test.ts'), `${HEAD}test('loops', () => { for (;;); }, 600_000);\n`);
  await expect(row(page, /^after,/)).toHaveCount(0);
  await row(page, /^loops,/).click();
  await page.keyboard.press('Space');
  await expect(row(page, /^loops, running$/)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Stop' }).click();
  await expect(row(page, /^loops, not run$/)).toBeVisible();
});

test('the first test is written with a button, runs, and runs again on every save', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await rm(join(folder, 'tests'), { recursive: true });
  const { page } = await openStudio(folder);
  await openTests(page);
  await expect(panel(page).getByText('No tests yet')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Write the first test' }).click();
  await expect(page.getByRole('tab', { name: /analyzer\.test\.ts/ })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Run all' }).click();
  await expect(row(page, /^finds nothing in an empty file, passed$/)).toBeVisible();
  // The editor knows the types of what the file imports.
  const file = join(folder, 'tests', 'analyzer.test.ts');
  const good = await readFile(file, 'utf8');
  await writeFile(file, `${good}export const wrong = createTestContext().nothing;\n`);
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  await writeFile(file, good);
  await expect(page.locator('.squiggly-error')).toHaveCount(0);

  await panel(page).getByRole('button', { name: 'Run again on every save' }).click();
  await writeFile(file, (await readFile(file, 'utf8')).replace("toBe('success')", "toBe('error')"));
  await expect(row(page, /^finds nothing in an empty file, failed$/)).toBeVisible();
});
