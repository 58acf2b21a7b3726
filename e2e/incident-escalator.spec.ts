/** The example processor: what follows from which event, what counts once, and its own tests. */
import { lastRun, openExample, rowsOf, runSample, tool } from './fixtures/example';
import { test, expect as withinSeconds } from './fixtures/studio';

const expect = withinSeconds.configure({ timeout: 30_000 });
test.setTimeout(90_000);

test('incident-escalator makes one incident of what repeats, escalates it, and takes no event twice', async ({
  page,
}) => {
  await openExample(page, 'incident-escalator');
  await runSample(page, 'repeated-redis.jsonl');
  await expect(lastRun(page)).toContainText('6 events out');
  await expect(rowsOf(page, 'Events in')).toHaveCount(6);
  const out = rowsOf(page, 'Events out');
  await expect(out).toHaveCount(7);
  await expect(out.nth(1)).toContainText(/^1.*Redis without a password.*incident created$/);
  await expect(out.nth(2)).toContainText(/^2.*incident updated$/);

  await rowsOf(page, 'Events in').nth(5).click();
  const detail = page.getByRole('region', { name: 'Event', exact: true });
  await expect(detail.getByText(/^2 events followed, in .*s\.$/)).toBeVisible();
  await expect(out.nth(6)).toContainText(/^5.*CRITICAL: Redis without a password.*alert triggered$/);
  await out.nth(6).click();
  await expect(detail.getByRole('tree', { name: 'Event' })).toContainText('"5 events came within 60 minutes."');

  await page.keyboard.press('Control+Enter');
  await expect(lastRun(page)).toContainText('0 events out');
  await expect(tool(page, 'Run').getByText(/^Nothing followed\./)).toBeVisible();

  await runSample(page, 'critical-finding.json');
  await expect(lastRun(page)).toContainText('2 events out');
  await expect(out.nth(1)).toContainText(/SQL injection.*incident created/);

  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Tests' }).click();
  const tests = page.getByRole('tabpanel', { name: /^Tests/ });
  await tests.getByRole('button', { name: 'Run all' }).click();
  await expect(tests.getByRole('status', { name: 'Results' })).toHaveText(/^\d+ passed · \d+\.\d\d s$/);
});
