/** What only the desktop window has: a host process that may die alone, one instance, a frame that is remembered. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron } from '@playwright/test';
import { lastRun, rowsOf, runSample } from './fixtures/example';
import { CHROMIUM_FLAGS, PROJECT, studioEnvironment } from './fixtures/open-studio';
import { expect, test } from './fixtures/studio';

const boundsOf = (application: ElectronApplication) =>
  application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('a host that dies is started again, and the window goes on with what was open', async ({
  openStudio,
  copyExample,
}) => {
  const studio = await openStudio(await copyExample());
  const { page } = studio;
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.getByRole('tab', { name: /^Events/ }).click();
  await runSample(page, 'gateway.js');
  await expect(rowsOf(page, 'Events').filter({ hasText: 'analysis.completed' })).toBeVisible();
  const first = await studio.hostProcessId();
  process.kill(first, 'SIGKILL');
  await expect.poll(() => studio.hostProcessId().catch(() => first)).not.toBe(first);
  await expect(page.getByTitle('Connected to the host')).toBeVisible();
  const told = page.getByRole('status').filter({ hasText: 'The studio’s host stopped and was started again' });
  await expect(told).toContainText(/1 run and \d+ events from before are gone/);
  await expect(rowsOf(page, 'Events').filter({ hasText: 'system.startup' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(lastRun(page)).toContainText('findings');
  await expect(rowsOf(page, 'Events').filter({ hasText: 'analysis.completed' })).toHaveCount(1);
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toHaveCount(0);
  await studio.page.getByRole('treeitem', { name: 'plugin.json' }).dblclick();
  await expect(studio.page.getByRole('textbox', { name: 'Version', exact: true })).toHaveValue(/^\d+\.\d+\.\d+/);
});

test('a second start brings its plugin into the window that is open', async ({ openStudio, copyExample, home }) => {
  const { page, application } = await openStudio();
  await expect(page.getByTitle('Connected to the host')).toBeVisible();
  const second = spawn(
    application?.process().spawnfile ?? '',
    ['--no-sandbox', '--disable-gpu', '--log-level=3', PROJECT, await copyExample()],
    { env: studioEnvironment(home), stdio: 'ignore' },
  );
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
});

/** A studio whose page comes from a server of ours, which says nothing until it is told to. */
async function startWaitingForItsPage(home: string) {
  const asked: Socket[] = [];
  const server = createServer((socket) => void asked.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const application = await electron.launch({
    args: [...CHROMIUM_FLAGS, PROJECT],
    env: {
      ...studioEnvironment(home),
      XDG_RUNTIME_DIR: join(home, 'runtime'),
      ELECTRON_RENDERER_URL: `http://127.0.0.1:${port}/`,
    },
  });
  const hangUp = () => {
    server.close();
    for (const socket of asked) socket.destroy();
  };
  return { application, hangUp };
}

test('a second start is heard while the page is still loading', async ({ home, copyExample }) => {
  const { application, hangUp } = await startWaitingForItsPage(home);
  const folder = await copyExample();
  const open = ['electron', PROJECT, folder];
  await expect.poll(() => application.evaluate(({ app }) => app.listenerCount('second-instance'))).toBe(1);
  await application.evaluate(({ app }, argv) => void app.emit('second-instance', {}, argv, '/'), open);
  // What is open is written there, for other studios of this user.
  const claims = join(home, 'runtime', 'mcp-plugin-studio', 'open');
  await expect.poll(() => readdir(claims).catch(() => [])).toHaveLength(1);
  await application.evaluate(({ dialog }) => {
    dialog.showErrorBox = () => undefined;
  });
  const exited = once(application.process(), 'exit');
  hangUp();
  await exited;
});

test('the window comes back where it was', async ({ openStudio }) => {
  const first = await openStudio();
  const wanted = { x: 120, y: 90, width: 1100, height: 700 };
  await first.application?.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
  }, wanted);
  await expect.poll(() => first.application && boundsOf(first.application)).toEqual(wanted);
  await first.close();
  const second = await openStudio();
  expect(second.application && (await boundsOf(second.application))).toEqual(wanted);
});

interface Attempted {
  attempt?: Promise<unknown>;
}

test('the page has no Node, opens no window and goes nowhere', async ({ studio }) => {
  const { page, application } = studio;
  const address = page.url();
  expect(address).toBe('app://studio/');
  expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([]);
  expect(await page.evaluate(() => window.open('http://127.0.0.1:9/') === null)).toBe(true);
  // Somebody listens before the link is clicked.
  await application?.evaluate(({ webContents }) => {
    const [contents] = webContents.getAllWebContents();
    (globalThis as Attempted).attempt = new Promise((resolve) => {
      contents?.once('will-navigate', (event, target) => resolve({ target, isPrevented: event.defaultPrevented }));
    });
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'http://127.0.0.1:9/';
    link.click();
  });
  const attempt = await application?.evaluate(() => (globalThis as Attempted).attempt);
  expect(attempt).toEqual({ target: 'http://127.0.0.1:9/', isPrevented: true });
  expect(
    await application?.evaluate(({ webContents }) => webContents.getAllWebContents().map((one) => one.getURL())),
  ).toEqual([address]);
});

test('the page is refused camera, place and notifications', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['camera', 'geolocation', 'notifications'] as unknown as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied']);
});

test('closing the window with unsaved text asks, and closes only where the person says so', async ({
  openStudio,
  copyExample,
}) => {
  const { page, application } = await openStudio(await copyExample());
  if (application === undefined) throw new Error('There is no application.');
  await expect(page.getByRole('treeitem', { name: 'plugin.json' })).toBeVisible();
  await page.keyboard.press('Control+p');
  await page.keyboard.type('finding.ts');
  await page
    .getByRole('option', { name: /finding\.ts/ })
    .first()
    .click();
  await page.locator('.view-line').first().click();
  await page.keyboard.type('// unsaved');
  const unsaved = page.getByRole('button', { name: 'Close finding.ts, not saved' });
  await expect(unsaved).toBeVisible();

  /** Nobody can press a button of the system's dialog; it is asked in earnest and answered here. */
  const closeAndAnswer = (answer: number) =>
    application.evaluate(
      ({ BrowserWindow, dialog }, chosen) =>
        new Promise<{ question: string; answer: string; isClosed: boolean }>((resolve) => {
          const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL() !== '');
          dialog.showMessageBoxSync = ((_: unknown, options: Electron.MessageBoxSyncOptions) => {
            const end = () =>
              resolve({
                question: options.message,
                answer: options.buttons?.[chosen] ?? '',
                isClosed: window?.isDestroyed() ?? true,
              });
            // Whether the window closes is settled after the answer.
            if (chosen === 1) window?.once('closed', end);
            else setImmediate(end);
            return chosen;
          }) as typeof dialog.showMessageBoxSync;
          window?.close();
        }),
      answer,
    );

  const question = 'Close the studio with edits that are not saved?';
  expect(await closeAndAnswer(0)).toEqual({ question, answer: 'Keep editing', isClosed: false });
  await expect(unsaved).toBeVisible();
  // Without a window the application would end, and could not be asked.
  await application.evaluate(({ BrowserWindow }) => void new BrowserWindow({ show: false }));
  expect(await closeAndAnswer(1)).toEqual({ question, answer: 'Close without saving', isClosed: true });
});
