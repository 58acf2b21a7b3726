/** The command line acts on the studio that is open, whichever door it was opened through. */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT, studioEnvironment } from './fixtures/open-studio';
import { test, expect as withinSeconds } from './fixtures/studio';

// Plugins are built and get processes.
const expect = withinSeconds.configure({ timeout: 45_000 });
test.setTimeout(180_000);

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const commandLine = join(PROJECT, 'out', 'main', 'cli.js');

const say = (home: string, ...words: string[]) =>
  new Promise<Said>((resolve) => {
    const options = { env: studioEnvironment(home) };
    execFile(process.execPath, [commandLine, 'plugin', ...words], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

test('a plugin that the command line starts and stops is seen to live in the window', async ({
  openStudio,
  copyExample,
  home,
  door,
}) => {
  const folder = await copyExample();
  const { page, close } = await openStudio(folder);
  await page.getByRole('tab', { name: 'Plugins' }).click();
  const life = (state: string) => page.getByRole('img', { name: `Lifecycle: ${state}` });
  await expect(life('unloaded')).toBeVisible();
  const listed = await say(home, 'list');
  expect(listed.stdout).toContain(folder);
  expect(listed.stdout).toContain(door === 'electron' ? '(window)' : '(browser)');
  expect(await say(home, 'start', folder)).toMatchObject({ code: 0, stdout: expect.stringContaining('is ready') });
  await expect(life('ready')).toBeVisible();
  expect(await say(home, 'load', folder)).toMatchObject({ code: 3, stderr: expect.stringContaining('LifecycleError') });
  expect(await say(home, 'unload')).toMatchObject({ code: 0 });
  await expect(life('unloaded')).toBeVisible();
  await close();
  expect(await readdir(join(home, 'control'))).toEqual([]);
  expect(await say(home, 'list')).toMatchObject({ code: 2, stderr: expect.stringContaining('npm start') });
});
