/** The window around the panels: files, unsaved text, keys, menus and the arrangement. */
import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFile, typeAtTop } from './fixtures/editor';
import { expect, test } from './fixtures/studio';

test('a file that changes on disk under unsaved text asks which to keep, and nothing is lost', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const file = join(folder, 'src/finding.ts');
  const original = await readFile(file, 'utf8');
  const { page } = await openStudio(folder);
  await openFile(page, 'src/finding.ts');
  await typeAtTop(page, '// mine\n');
  await expect(page.getByRole('button', { name: 'Close finding.ts, not saved' })).toBeVisible();

  await writeFile(file, `// theirs\n${original}`);
  const banner = page.getByRole('alert').filter({ hasText: 'has changed on disk' });
  await expect(banner).toBeVisible();
  await page.keyboard.press('Control+s');
  expect(await readFile(file, 'utf8')).toBe(`// theirs\n${original}`);

  await banner.getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('.monaco-diff-editor .view-line').filter({ hasText: '// theirs' })).toBeVisible();
  await banner.getByRole('button', { name: 'Take theirs' }).click();
  await expect(banner).toBeHidden();

  await page.locator('.view-line').filter({ hasText: '// theirs' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.view-line').filter({ hasText: '// mine' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8')).toBe(`// mine\n${original}`);

  await writeFile(file, original);
  await expect(page.locator('.view-line').filter({ hasText: '// mine' })).toHaveCount(0);
});

test('closing a tab with unsaved text asks first', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await openFile(page, 'src/finding.ts');
  await typeAtTop(page, '// unsaved\n');
  const close = page.getByRole('button', { name: 'Close finding.ts, not saved' });
  await close.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await close.click();
  await page.getByRole('button', { name: 'Don’t save' }).click();
  await expect(page.getByRole('tab', { name: 'finding.ts' })).toHaveCount(0);
  expect(await readFile(join(folder, 'src/finding.ts'), 'utf8')).not.toContain('// unsaved');
});

test('a file is made, renamed and deleted in the explorer with the keyboard', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  const { page } = await openStudio(folder);
  await page.getByRole('treeitem', { name: 'src', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New file…' }).click();
  await page.getByRole('textbox', { name: 'Name of the new file' }).fill('note.ts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'note.ts' })).toBeVisible();

  await page.getByRole('treeitem', { name: 'note.ts' }).focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'New name of note.ts' }).fill('memo.ts');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'memo.ts' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'note.ts' })).toHaveCount(0);

  await page.getByRole('treeitem', { name: 'memo.ts' }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'memo.ts' })).toHaveCount(0);
  await expect(page.getByRole('treeitem', { name: 'memo.ts' })).toHaveCount(0);
  await expect(stat(join(folder, 'src/memo.ts'))).rejects.toThrow('ENOENT');
});

test('the palette runs commands from inside an editor, and the menus follow the arrow keys', async ({
  openStudio,
  copyExample,
}) => {
  const { page } = await openStudio(await copyExample());
  await openFile(page, 'src/finding.ts');
  await page.locator('.view-line').first().click();
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('theme light');
  await expect(page.getByRole('option', { name: 'View: Theme: Light' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');

  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /Open Folder/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('menuitem', { name: /Undo/ })).toBeVisible();
});

test('the arrangement and the open tabs are there again at the next start, and reset brings the default', async ({
  openStudio,
  copyExample,
  home,
}) => {
  const first = await openStudio(await copyExample());
  await openFile(first.page, 'src/finding.ts');
  await first.page.keyboard.press('Control+j');
  await expect(first.page.getByRole('button', { name: 'Toggle bottom panel' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect
    .poll(async () => readFile(join(home, 'settings.json'), 'utf8'))
    .toMatch(/finding\.ts[\s\S]*"visible": false/);
  await first.close();

  const { page } = await openStudio();
  await expect(page.getByRole('tab', { name: 'finding.ts' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Toggle bottom panel' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reset layout' }).click();
  await expect(page.getByRole('tab', { name: 'Events' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'finding.ts' })).toBeVisible();
});

test('folders that were open in the explorer are open again at the next start', async ({
  openStudio,
  copyExample,
  home,
}) => {
  const first = await openStudio(await copyExample());
  await first.page.getByRole('treeitem', { name: 'src', exact: true }).click();
  await expect(first.page.getByRole('treeitem', { name: 'finding.ts' })).toBeVisible();
  await expect
    .poll(async () => JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')).layout?.expanded)
    .toEqual({ [await realpath(join(home, '../static-analyzer'))]: ['', 'src'] });
  await first.close();

  const { page } = await openStudio();
  await expect(page.getByRole('treeitem', { name: 'finding.ts' })).toBeVisible();
});

test('a file that is no text, or too large for one, says what it is and leaves the window usable', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await writeFile(join(folder, 'logo.png'), new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]));
  await writeFile(join(folder, 'large.log'), 'a line of a log that nobody reads\n'.repeat(1_500_000));
  const { page } = await openStudio(folder);
  await page.getByRole('treeitem', { name: 'logo.png' }).click();
  await expect(page.getByText('logo.png is not a text')).toBeVisible();
  await page.getByRole('treeitem', { name: 'large.log' }).click();
  await expect(page.getByText('large.log is too large to edit')).toBeVisible();
  await page.getByRole('tabpanel', { name: 'large.log' }).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('tab', { name: 'large.log' })).toHaveCount(0);
  await openFile(page, 'src/finding.ts');
});

test('a saved arrangement that cannot be read gives the default one', async ({ openStudio, copyExample, home }) => {
  const folder = await copyExample();
  const first = await openStudio(folder);
  await openFile(first.page, 'src/finding.ts');
  const file = join(home, 'settings.json');
  await expect.poll(async () => readFile(file, 'utf8')).toContain('finding.ts');
  await first.close();
  const settings = JSON.parse(await readFile(file, 'utf8'));
  settings.layout.dock.grid = { root: { type: 'leaf' } };
  await writeFile(file, JSON.stringify(settings));

  const { page } = await openStudio();
  for (const name of ['Run', 'Events', 'Problems']) {
    await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();
  }
});

test('a key that shows something puts the focus into it', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  await openFile(page, 'src/finding.ts');
  const text = page.getByRole('textbox', { name: 'src/finding.ts' });
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+Shift+E');
  await expect(page.getByRole('treeitem', { name: 'static-analyzer' })).toBeFocused();
  await page.keyboard.press('Control+1');
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+1');
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+Shift+X');
  await expect(page.getByRole('grid', { name: 'Events' })).toBeFocused();
});

test('what the editors know is in Problems before it is saved', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await openFile(page, 'src/finding.ts');
  await typeAtTop(page, 'const wrong: number = "x";\n');
  await page.keyboard.press('Control+Shift+M');
  await expect(page.getByRole('treeitem', { name: "error: Type 'string' is not assignable" })).toBeFocused();
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox', { name: 'Search files and commands' }).fill('plugin.json');
  await page.getByRole('option', { name: 'plugin.json' }).click();
  await page.getByRole('textbox', { name: 'Version', exact: true }).fill('1.2');
  const problem = page.getByRole('treeitem', { name: /^error: "1\.2" is no SemVer version/ });
  await expect(problem).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('2 problems');
  await problem.getByRole('button', { name: 'Use 1.2.0' }).click();
  await expect(problem).toHaveCount(0);
});

test('of a text that is shown twice one tab is closed, and the other still shows it', async ({
  openStudio,
  copyExample,
  door,
}) => {
  const { page } = await openStudio(await copyExample());
  await openFile(page, 'src/finding.ts');
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'gateway.js' }).click();
  const line = page.locator('.view-line').filter({ hasText: 'Gateway of the shop' });
  await expect(line).toHaveCount(1);
  const tabs = page.getByRole('tab', { name: 'gateway.js' });
  const place = await tabs.boundingBox();
  await tabs.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Split right' }).click();
  await expect(tabs).toHaveCount(2);
  await expect(line).toHaveCount(2);
  await tabs.last().click();
  await page.keyboard.press(door === 'electron' ? 'Control+w' : 'Alt+w');
  await expect(tabs).toHaveCount(1);
  await expect.poll(async () => (await tabs.boundingBox())?.x).toBe(place?.x);
  await expect(line).toHaveCount(1);
});

test('the side bar is as wide at the next start as it was left', async ({ openStudio, copyExample, home }) => {
  const first = await openStudio(await copyExample());
  const edge = (page: typeof first.page) => page.getByRole('separator', { name: 'Width of the side bar' });
  await expect(first.page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  const before = Number(await edge(first.page).getAttribute('aria-valuenow'));
  await edge(first.page).focus();
  for (let step = 0; step < 4; step += 1) await first.page.keyboard.press('ArrowRight');
  const left = String(before + 64);
  await expect(edge(first.page)).toHaveAttribute('aria-valuenow', left);
  await expect
    .poll(async () => JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')).layout?.sideWidth)
    .toBe(Number(left));
  await first.close();
  const { page } = await openStudio();
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await expect(edge(page)).toHaveAttribute('aria-valuenow', left);
});
