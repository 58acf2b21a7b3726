/** The example scanner on servers that the spec starts: services, banners, progress, cancelling, and what is refused. */
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import {
  allowAlways,
  chooseSample,
  folderOfExample,
  lastRun,
  openExample,
  rowsOf,
  runSample,
  tool,
} from './fixtures/example';
import { test } from './fixtures/local-servers';
import { expect as withinSeconds } from './fixtures/studio';

const expect = withinSeconds.configure({ timeout: 30_000 });
test.setTimeout(90_000);

const BANNER = 'SSH-2.0-OpenSSH_9.9p2 Debian-1';

const ssh = (socket: Socket) => void socket.write(`${BANNER}\r\n`);

/** Answers strangers, which it should not. */
const redis = (socket: Socket) =>
  void socket.on('data', (said) => {
    if (said.includes('PING')) socket.write('+PONG\r\n');
    else if (said.includes('INFO')) socket.write('$20\r\nredis_version:7.4.7\r\n');
    else socket.write("-ERR unknown command 'HEAD'\r\n");
  });

test('network-scanner finds what answers, goes on until it is stopped, and scans nothing that is not allowed', async ({
  page,
  home,
  servers,
}) => {
  const [secure, open, silent] = await Promise.all([
    servers.tcp(ssh),
    servers.tcp(redis),
    servers.tcp(() => undefined),
  ]);
  await openExample(page, 'network-scanner');

  await chooseSample(page, 'localhost-quick.json');
  await page.getByRole('tab', { name: 'Request' }).click();
  await tool(page, 'Request')
    .getByRole('textbox', { name: /Target/ })
    .fill(`127.0.0.1:${secure}, 127.0.0.1:${open}`);
  await page.keyboard.press('Control+Enter');
  await allowAlways(page, 'network-scanner wants to connect to 127.0.0.1');
  await expect(lastRun(page)).toContainText('3 findings');
  await expect(page.getByRole('meter', { name: /^Risk \d/ })).toBeVisible();
  await expect(rowsOf(page, 'Findings').nth(1)).toContainText(/critical.*Redis/);
  await rowsOf(page, 'Findings')
    .filter({ hasText: `Port ${secure} is open: ssh` })
    .click();
  const detail = page.getByRole('region', { name: 'Finding detail' });
  await expect(detail.getByRole('figure', { name: 'Evidence' })).toHaveText(BANNER);

  // Of two ports one says nothing: the scan waits for it, and has found the other.
  const slow = { target: `127.0.0.1:${secure}, 127.0.0.1:${silent}`, options: { banner_timeout_ms: 60_000 } };
  await writeFile(join(folderOfExample(home, 'network-scanner'), 'samples', 'slow.json'), JSON.stringify(slow));
  await runSample(page, 'slow.json');
  await expect(page.getByRole('progressbar', { name: 'Progress of the run' })).toHaveAttribute('aria-valuenow', '50');
  await expect(tool(page, 'Run').getByText(`Trying 127.0.0.1:${silent}`)).toBeVisible();
  await expect(rowsOf(page, 'Findings')).toHaveCount(2);
  await tool(page, 'Run').getByRole('button', { name: /^Stop/ }).click();
  await expect(lastRun(page)).toContainText('stopped · 1 finding');
  await expect(rowsOf(page, 'Findings').nth(1)).toContainText(`127.0.0.1:${secure}`);

  await runSample(page, 'not-allowed.json');
  const refusal = page.getByRole('alert', { name: 'The scan failed' });
  await expect(refusal).toContainText('192.0.2.1 and 13 more must not be scanned');
  await expect(refusal).toContainText('allowed_targets names 127.0.0.1/32');

  // Whoever follows the first scan finds all that it published.
  const filter = page.getByRole('textbox', { name: 'Filter events' });
  await filter.fill('type:scan.completed');
  await filter.press('Enter');
  await expect(rowsOf(page, 'Events')).toHaveCount(2);
  await rowsOf(page, 'Events').nth(1).click();
  await page.getByRole('button', { name: 'Follow correlation' }).click();
  for (const type of ['scan.started', 'security.vulnerability_detected', 'scan.completed']) {
    await expect(rowsOf(page, 'Events').filter({ hasText: type })).toHaveCount(1);
  }
});
