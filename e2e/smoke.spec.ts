import { expect, test } from './fixtures/studio';

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

test('the studio opens, says its name and the runtime that its host runs on', async ({ page, door }) => {
  await expect(page).toHaveTitle(/MCP Plugin Studio/);
  await expect(page.getByTitle('Connected to the host')).toHaveText(door === 'electron' ? /^Electron \d/ : /^Node \d/);
});

test('a plugin folder on the command line is open', async ({ openStudio, copyExample }) => {
  const { page } = await openStudio(await copyExample());
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
});

test('what was open is open again at the next start', async ({ openStudio, copyExample }) => {
  const first = await openStudio(await copyExample());
  await expect(first.page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await first.close();
  const second = await openStudio();
  await expect(second.page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
});

test('a studio that was closed leaves no process behind', async ({ openStudio, copyExample }) => {
  const studio = await openStudio(await copyExample());
  await expect(studio.page.getByTitle('Connected to the host')).toBeVisible();
  const host = await studio.hostProcessId();
  expect(isAlive(host)).toBe(true);
  await studio.close();
  await expect.poll(() => isAlive(host)).toBe(false);
});
