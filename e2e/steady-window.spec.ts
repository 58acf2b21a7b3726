/** What a stranger stumbled over: the window says what is so, runs nothing that was not chosen, and stays where it is. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFile, typeAtTop } from './fixtures/editor';
import { chooseSample, lastRun, openConfiguration, rowsOf, runSample, tool } from './fixtures/example';
import { expect, test } from './fixtures/studio';

const views = (panel: ReturnType<typeof tool>) => panel.getByRole('radiogroup', { name: 'View' });

test('a manifest opens as form and JSON beside each other, and a broken one where it is broken', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  await expect(page.getByRole('textbox', { name: 'Version', exact: true })).toBeVisible();
  await expect(page.locator('.view-line').filter({ hasText: 'entry_point' })).toBeVisible();
  await expect(views(tool(page, 'plugin.json')).getByRole('radio', { name: 'Split' })).toBeChecked();

  const form = page.getByRole('textbox', { name: 'Version', exact: true });
  const before = await form.boundingBox();
  await typeAtTop(page, '"');
  await expect(page.getByRole('alert').filter({ hasText: 'does not parse at present' })).toBeVisible();
  expect(await form.boundingBox()).toEqual(before);

  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /^Close plugin\.json/ }).click();
  await writeFile(join(folder, 'plugin.json'), '{\n  "name": "static-analyzer"\n  "version": "1.0.0"\n}\n');
  await page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  await expect(views(tool(page, 'plugin.json')).getByRole('radio', { name: 'JSON' })).toBeChecked();
  await expect(page.locator('.view-line').filter({ hasText: '"version"' })).toBeVisible();
});

test('a narrow place says why form and text cannot stand in it together', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  await page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  await page.getByRole('separator', { name: 'Width of the side bar' }).focus();
  for (let times = 0; times < 16; times += 1) await page.keyboard.press('ArrowRight');
  const split = views(tool(page, 'plugin.json')).getByTitle(/Hide the side bar \(Ctrl\+B\)/);
  await expect(split).toHaveText('Split');
  await page.keyboard.press('Control+b');
  await expect(split).toHaveCount(0);
});

test('nothing runs in place of a sample that was deleted, until another one is chosen', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await chooseSample(page, 'upload.php');
  await rm(join(folder, 'samples', 'upload.php'));
  await expect(page.getByRole('option', { name: 'upload.php, gone' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+Enter');
  const sentence = tool(page, 'Run').getByRole('alert');
  await expect(sentence).toContainText('upload.php is not in the plugin’s samples folder any more');
  await expect(lastRun(page)).toHaveCount(0);
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');
});

test('a build that is mended takes its refusal along, and neither moves what was found', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await runSample(page, 'orders-service.py');
  await expect(lastRun(page)).toContainText('9 findings');
  const header = rowsOf(page, 'Findings').first();
  const before = await header.boundingBox();
  await openFile(page, 'src/settings.ts');
  await typeAtTop(page, 'const = 1;\n');
  await page.keyboard.press('Control+s');
  const failed = page.getByRole('contentinfo').getByText('build failed');
  await expect(failed).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const refusal = page.getByRole('alert', { name: 'The run did not begin' });
  await expect(refusal).toContainText('does not build');
  expect(await header.boundingBox()).toEqual(before);
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+Shift+K');
  await page.keyboard.press('Control+s');
  await expect(failed).toHaveCount(0);
  await expect(refusal).toHaveCount(0);
});

test('a change that the form was refused is among the problems', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  const configuration = await openConfiguration(page);
  await expect(views(configuration).getByRole('radio', { name: 'Split' })).toBeChecked();
  await configuration.getByRole('textbox', { name: 'Least confidence' }).fill('5');
  await page.keyboard.press('Control+s');
  const refusal = configuration.getByRole('alert').filter({ hasText: 'Refused' });
  await expect(refusal).toBeVisible();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(tool(page, 'Problems').getByText(/Not saved: .*min_confidence/)).toBeVisible();
  await configuration.getByRole('button', { name: 'Revert' }).click();
  await expect(tool(page, 'Problems').getByText(/Not saved/)).toHaveCount(0);
});

test('Escape closes what explains the filter and gives the keyboard back, and View has every panel', async ({
  openStudio,
  copyExample,
}) => {
  const { page } = await openStudio(await copyExample());
  await page.getByRole('tab', { name: /^Events/ }).click();
  const help = tool(page, 'Events').getByRole('button', { name: 'What can be filtered' });
  await help.click();
  await expect(page.getByLabel('Filter examples')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Filter examples')).toBeHidden();
  await expect(help).toBeFocused();
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: /Methods/ }).click();
  await expect(tool(page, 'Methods')).toBeVisible();
});
