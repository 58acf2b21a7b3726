/** The example enricher on its own feed, on one that the spec serves, and on a STIX bundle. */
import type { Page } from '@playwright/test';
import { allowAlways, lastRun, openConfiguration, openExample, runSample } from './fixtures/example';
import { test } from './fixtures/local-servers';
import { expect as withinSeconds } from './fixtures/studio';

const expect = withinSeconds.configure({ timeout: 30_000 });
test.setTimeout(90_000);

const INDICATOR = '203.0.113.77';

const card = (page: Page) => page.getByRole('listitem', { name: INDICATOR, exact: true });
const figure = (page: Page, name: string) =>
  page
    .locator('dl[aria-label="Figures of the enrichment"] > div')
    .filter({ hasText: new RegExp(`^${name}`) })
    .locator('dd');

async function setSetting(page: Page, name: string, value: string): Promise<void> {
  const panel = await openConfiguration(page);
  const field = panel.getByRole('region', { name: 'Configuration' }).getByRole('textbox', { name, exact: true });
  await field.fill(value);
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/took generation \d+ at .* without a restart/)).toBeVisible();
}

test('threat-intel answers from a file, from a feed over HTTP and from STIX, and keeps its answers', async ({
  page,
  servers,
}) => {
  const feed = await servers.http((response) =>
    response.end('indicator,confidence,threat_score,tags\n203.0.113.0/24,95,9.5,bulletproof-hosting\n'),
  );
  await openExample(page, 'threat-intel');

  await runSample(page, 'command-server.json');
  await allowAlways(page, 'threat-intel wants to use files');
  await expect(lastRun(page)).toContainText('2 enrichments');
  await expect(card(page).getByRole('region', { name: 'reputation' })).toContainText(/verdict.*malicious/);
  await expect(card(page).getByText('cached')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(card(page).getByText('cached')).toBeVisible();
  await expect(figure(page, 'Cache hits')).toHaveText('1');

  await setSetting(page, 'Feed URL', `${feed.address}/indicators.csv`);
  await page.keyboard.press('Control+Enter');
  await allowAlways(page, 'threat-intel wants to connect to 127.0.0.1');
  await expect(lastRun(page)).toContainText('3 enrichments');
  await expect(card(page).getByText('bulletproof-hosting').first()).toBeVisible();
  await expect(figure(page, 'Sources asked')).toHaveText('2');
  await page.keyboard.press('Control+Enter');
  await expect(figure(page, 'Cache hits')).toHaveText('2');
  expect(feed.asked.map(({ url }) => url)).toEqual(['/indicators.csv']);

  await setSetting(page, 'Feed file', 'feeds/stix-bundle.json');
  await page.keyboard.press('Control+Enter');
  const stix = card(page).getByRole('region', { name: 'threat intel' }).filter({ hasText: 'feeds/stix-bundle.json' });
  await expect(stix.getByText('cobalt-strike')).toBeVisible();
  // A pattern that joins two observations by AND proves nothing by one of them.
  await page.locator('summary').filter({ hasText: '1 warning' }).click();
  await expect(page.getByRole('list', { name: 'Warnings' })).toContainText('1 entry is not understood');
});
