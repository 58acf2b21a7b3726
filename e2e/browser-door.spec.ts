/** What only the browser's door has: a link that works once, and a host that may go while the page stays. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openFile, typeAtTop } from './fixtures/editor';
import { lastRun, rowsOf, runSample, tool } from './fixtures/example';
import { PROJECT, studioEnvironment } from './fixtures/open-studio';
import { expect, test } from './fixtures/studio';

test('the link opens the studio once: another browser gets a page that says what to do', async ({
  openStudio,
  chromiumBrowser,
}) => {
  const { page, link = '' } = await openStudio();
  await expect(page.getByTitle('Connected to the host')).toBeVisible();
  const stranger = await (await chromiumBrowser()).newContext();
  const other = await stranger.newPage();
  await other.goto(link);
  await expect(other.getByRole('heading')).toHaveText('This link does not open the studio');
  await expect(other.getByText('npm start -- --browser')).toBeVisible();
  await other.goto(new URL('/', link).href);
  await expect(other.getByRole('heading')).toHaveText('This link does not open the studio');
  await stranger.close();
});

test('a second window of the same browser shares the session', async ({ openStudio }) => {
  const { context, page, link = '' } = await openStudio();
  const second = await context.newPage();
  await second.goto(new URL('/', link).href);
  for (const window of [page, second]) await expect(window.getByTitle('Connected to the host')).toBeVisible();
});

test.describe('a window that is reloaded', () => {
  test('has what was typed and not saved in it, though another window saved the same file', async ({
    openStudio,
    copyExample,
  }) => {
    const { context, page, link = '' } = await openStudio(await copyExample());
    const other = await context.newPage();
    await other.goto(new URL('/', link).href);
    for (const window of [other, page]) {
      await expect(window.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
      await window.keyboard.press('Control+p');
      await window.getByRole('combobox', { name: 'Search files and commands' }).fill('src/finding.ts');
      await expect(window.getByRole('option', { name: 'src/finding.ts' })).toBeVisible();
      await window.keyboard.press('Enter');
      await window.locator('.view-line').first().click();
      await window.keyboard.press('Control+Home');
      await window.keyboard.type(window === page ? '// saved\n' : '// typed\n');
    }
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('button', { name: 'Close finding.ts', exact: true })).toBeVisible();
    const banner = other.getByRole('alert').filter({ hasText: 'has changed on disk' });
    await expect(banner).toBeVisible();
    other.on('dialog', (dialog) => void dialog.accept());
    await other.reload();
    await expect(banner).toBeVisible();
    await expect(other.locator('.view-line').filter({ hasText: '// typed' })).toBeVisible();
  });
});

test.describe('when the host goes', () => {
  test.use({ toleratedProblems: [/WebSocket connection|net::ERR_|status of 403/] });

  test('the window stays, and says that it has lost it', async ({ studio }) => {
    const { page } = studio;
    await expect(page.getByTitle('Connected to the host')).toBeVisible();
    process.kill(await studio.hostProcessId(), 'SIGKILL');
    await expect(page.getByTitle('Not connected to the host')).toBeVisible();
    await expect(page.getByRole('menubar')).toBeVisible();
  });

  test('a host that was started again wants a new link, with which the window goes on', async ({
    openStudio,
    copyExample,
    home,
  }) => {
    const studio = await openStudio(await copyExample());
    const { page, context, link = '' } = studio;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openFile(page, 'src/finding.ts');
    await typeAtTop(page, '// typed\n');
    await page.getByRole('tab', { name: /^Events/ }).click();
    await runSample(page, 'gateway.js');
    await expect(rowsOf(page, 'Events').filter({ hasText: 'analysis.completed' })).toBeVisible();
    const stopped = page.getByText('The connection to the host is lost');
    process.kill(await studio.hostProcessId(), 'SIGKILL');
    await expect(stopped).toContainText(`start it with --port ${new URL(link).port}`);
    await expect(tool(page, 'Events').getByText('disconnected')).toBeVisible();
    await page.getByRole('tab', { name: /finding\.ts/ }).click();
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/src\/finding\.ts is not saved: the window is not connected/)).toBeVisible();
    await page.getByRole('button', { name: 'Copy unsaved src/finding.ts' }).click();
    await expect(page.getByRole('button', { name: 'Copied src/finding.ts' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\/\/ typed\n/);
    const cli = join(PROJECT, 'out', 'main', 'cli.js');
    const again = spawn(process.execPath, [cli, 'serve', '--port', new URL(link).port], {
      env: studioEnvironment(home),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(again, 'exit');
    try {
      const [newLink] = (await once(createInterface({ input: again.stdout }), 'line')) as [string];
      await expect(page.getByText('Open a new link of the studio in this browser')).toBeVisible();
      const other = await context.newPage();
      await other.goto(newLink);
      for (const window of [page, other]) await expect(window.getByTitle('Connected to the host')).toBeVisible();
      await expect(stopped).toBeHidden();
      await expect(page.getByText(/1 run and \d+ events from before are gone/)).toBeVisible();
      await page.keyboard.press('Control+s');
      await expect(page.getByRole('button', { name: 'Close finding.ts', exact: true })).toBeVisible();
      await page.keyboard.press('Control+Enter');
      await expect(lastRun(page)).toContainText('findings');
      await expect(rowsOf(page, 'Events').filter({ hasText: 'analysis.completed' })).toHaveCount(1);
    } finally {
      again.kill('SIGTERM');
      await exited;
    }
  });
});

test('two studios on one folder know of each other', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  const first = await openStudio(folder);
  await expect(first.page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  const second = await openStudio(folder);
  await expect(second.page.getByText(/also open in another studio/)).toBeVisible();
  await expect(first.page.getByText(/also open in another studio/)).toBeVisible();
  await second.close();
  await expect(first.page.getByText(/also open in another studio/)).toBeHidden();
});
