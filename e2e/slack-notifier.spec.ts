/** The example notifier against a webhook that fails twice: its retries are seen, and its URL is seen nowhere. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { allowAlways, lastRun, openConfiguration, openExample, rowsOf, runSample, tool } from './fixtures/example';
import { test } from './fixtures/local-servers';
import { expect as withinSeconds } from './fixtures/studio';

const expect = withinSeconds.configure({ timeout: 30_000 });
test.setTimeout(90_000);

const TOKEN = 'wh0everHasTh1s';
const PATH = `/services/T0AAA/B0BBB/${TOKEN}`;

/** All that the studio has written, but for the place where secrets are kept. */
async function filesThatTell(home: string): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const others = files.filter((file) => !file.startsWith(join(home, 'secrets')));
  const texts = await Promise.all(others.map(async (file) => [file, await readFile(file, 'latin1')] as const));
  return texts.filter(([, text]) => text.includes(TOKEN)).map(([file]) => file);
}

async function show(page: Page, tab: string): Promise<void> {
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await expect(tool(page, tab)).toBeVisible();
  expect(await page.content()).not.toContain(TOKEN);
}

test('slack-notifier tries again until the webhook takes the message, and tells nobody its URL', async ({
  studio: { page, link },
  home,
  servers,
}) => {
  const webhook = await servers.http((response, asked) => {
    if (asked === 1) response.writeHead(503).end('upstream is restarting');
    else if (asked === 2) response.writeHead(429, { 'retry-after': '1' }).end('rate_limited');
    else response.end('ok');
  });
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await page.reload();
  await openExample(page, 'slack-notifier');

  await runSample(page, 'hostile-finding.json');
  await expect(page.getByRole('alert', { name: 'Nothing was delivered' })).toContainText(
    'The webhook URL is not set. Enter it in the configuration.',
  );

  const secret = (await openConfiguration(page)).getByRole('form', { name: 'Webhook URL' });
  await secret.getByRole('textbox').fill(`${webhook.address}${PATH}`);
  await secret.getByRole('button', { name: 'Set' }).click();
  await expect(secret.getByRole('button', { name: 'Replace' })).toBeVisible();

  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('region', { name: 'A plugin asks' });
  await expect(question.getByText('POST ••••••', { exact: true })).toBeVisible();
  await allowAlways(page, 'slack-notifier wants to connect to 127.0.0.1');
  await expect(rowsOf(page, 'Deliveries').nth(1)).toContainText(/sent.*slack.*Upload named.*200 Delivered.*2$/);
  await expect(lastRun(page)).toContainText('1 delivery');

  const sent = page.getByRole('tree', { name: 'What was sent' });
  await expect(sent).toContainText('"[MEDIUM] Upload named &lt;!channel&gt; &amp;');
  expect(webhook.asked.map(({ url }) => url)).toEqual([PATH, PATH, PATH]);
  const bodies = webhook.asked.map(({ body }) => JSON.parse(body).text);
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('&lt;https://phish.example/login|your bank&gt;');

  await show(page, 'Logs');
  await expect(page.getByText(/retry 1 of 3 in \d\.\d s\. Slack answered 503: upstream is restarting/)).toBeVisible();
  await expect(page.getByText(/retry 2 of 3 in 1\.0 s\. Slack asks to send more slowly/)).toBeVisible();
  for (const tab of ['Request', 'Response', 'Run log', 'Events', 'Permissions']) await show(page, tab);
  await expect(tool(page, 'Permissions').getByText('127.0.0.1').first()).toBeVisible();
  // Only in the browser can what the host says be listened to.
  expect(heard.length > 0).toBe(link !== undefined);
  expect(heard.filter((payload) => payload.includes(TOKEN))).toEqual([]);
  expect(await filesThatTell(home)).toEqual([]);
});
