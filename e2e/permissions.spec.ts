/** What a plugin may do is asked of the person, kept, shown with the line that used it, and proposed for its manifest. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect as withinSeconds } from './fixtures/studio';

// A plugin is built, started and run several times.
const expect = withinSeconds.configure({ timeout: 45_000 });
base.setTimeout(240_000);

const PERMISSIONS = ['file_system_access', 'network_access'];

interface Feed {
  readonly address: string;
  /** How often it was asked. */
  readonly asked: () => number;
}

const test = base.extend<{ feed: Feed }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern.
  feed: async ({}, use) => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('first rule');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await use({ address: `http://127.0.0.1:${port}/rules`, asked: () => asked });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

/** The fetch is on line 7, the file is read on line 8. */
const source = (analyze: string) => `import { AnalyzerPlugin, type AnalysisRequest } from 'mcp-plugin-sdk';
export class StaticAnalyzer extends AnalyzerPlugin {
  override getSupportedTypes(): string[] { return ['source_code']; }
  override getRulesInfo() { return {}; }
  override async analyze({ request_id }: AnalysisRequest) {
    const status = 'success' as const;
${analyze}
    return { request_id, status, analysis_duration: 0, analyzer_version: '1', completion_timestamp: new Date().toISOString() };
  }
}
`;

const FETCH = (address: string) => `    this.logger.info(await (await fetch('${address}')).text());`;
const READ = `    this.logger.info(await this.files.readText('rules.txt'));`;

async function writePlugin(folder: string, analyze: readonly string[], permissions: readonly string[]): Promise<void> {
  const file = join(folder, 'plugin.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  for (const permission of permissions) manifest.capabilities[permission] = true;
  manifest.capabilities.required_permissions = permissions;
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'rules.txt'), 'a rule of the folder\n');
  await writeFile(join(folder, 'src', 'analyzer.ts'), source(analyze.join('\n')));
}

const question = (page: Page) => page.getByRole('region', { name: 'A plugin asks' });
const view = (page: Page) => page.getByRole('tabpanel', { name: 'Permissions' });
const runPanel = (page: Page) => page.getByRole('tabpanel', { name: 'Run' });
const uses = (page: Page) => view(page).getByRole('grid', { name: 'Used permissions' });
const rowOf = (page: Page, permission: string) => view(page).getByRole('row', { name: new RegExp(permission) });

async function openPermissions(page: Page, tab?: 'Hosts' | 'Used' | 'Recorder'): Promise<void> {
  const place = page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Permissions' });
  if ((await place.getAttribute('aria-pressed')) !== 'true') await place.click();
  if (tab !== undefined) await view(page).getByRole('radiogroup', { name: 'Show' }).getByText(tab).click();
}

async function run(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
}

test('a question leaves the focus where it is, is reached by a key, and its answer is kept', async ({
  openStudio,
  copyExample,
  feed,
}) => {
  const folder = await copyExample();
  await writePlugin(folder, [FETCH(feed.address)], PERMISSIONS);
  const { page } = await openStudio(folder);
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await openPermissions(page);
  const field = view(page).getByRole('textbox', { name: 'Host to allow' });
  await field.fill('feeds.');
  await page.keyboard.press('Control+Enter');
  await expect(question(page).getByText('static-analyzer wants to connect to 127.0.0.1')).toBeVisible();
  await expect(question(page).getByText(`GET ${feed.address}`)).toBeVisible();
  await expect(question(page).getByText('plugin.json asks for network_access.')).toBeVisible();
  await page.keyboard.type('example.com');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('feeds.example.com');
  expect(feed.asked()).toBe(0);

  await question(page).getByRole('button', { name: 'src/analyzer.ts:7' }).click();
  await expect(page.getByRole('tab', { name: /analyzer\.ts/ })).toBeVisible();
  await expect(page.getByRole('contentinfo').getByRole('button', { name: '1 question' })).toBeVisible();

  await page
    .getByRole('tabpanel', { name: /analyzer\.ts/ })
    .locator('.view-line')
    .first()
    .click();
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('Answer the Plugin');
  await page.keyboard.press('Enter');
  await expect(question(page).getByRole('button', { name: 'Allow once' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+Y');
  await page.keyboard.press('Tab');
  const always = question(page).getByRole('button', { name: 'Always for this plugin' });
  await expect(always).toBeFocused();
  await expect(always).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(question(page)).toHaveCount(0);
  await expect(runPanel(page).getByText('No findings')).toBeVisible();
  await expect.poll(feed.asked).toBe(1);

  await openPermissions(page, 'Hosts');
  await expect(view(page).getByRole('listitem').filter({ hasText: '127.0.0.1' })).toContainText('allowedfor good');
  await run(page);
  await expect.poll(feed.asked).toBe(2);
  await expect(question(page)).toHaveCount(0);
});

test('questions queue, are there again after a reload, and go with the run that asked or with a grant', async ({
  openStudio,
  copyExample,
  feed,
}) => {
  const folder = await copyExample();
  const both = `    await Promise.all([fetch('${feed.address}'), this.files.readText('rules.txt')]);`;
  await writePlugin(folder, [both], PERMISSIONS);
  const { page } = await openStudio(folder);
  await run(page);
  await expect(question(page).getByText('1 more waits')).toBeVisible();
  await page.reload();
  await expect(question(page).getByText('wants to connect to 127.0.0.1')).toBeVisible();
  await expect(question(page).getByText('1 more waits')).toBeVisible();

  await question(page).getByRole('button', { name: 'Allow once' }).click();
  await expect(question(page).getByText('static-analyzer wants to use files')).toBeVisible();
  await expect(question(page).getByText('read rules.txt')).toBeVisible();
  await question(page).getByRole('button', { name: 'Deny' }).click();
  await expect(question(page)).toHaveCount(0);

  await openPermissions(page, 'Hosts');
  await expect(view(page).getByRole('listitem').filter({ hasText: '127.0.0.1' })).toContainText(
    'until its process ends',
  );
  await expect(rowOf(page, 'file_system_access')).toContainText('You denied it until its process ends.');

  await rowOf(page, 'file_system_access').getByText('Ask').click();
  await run(page);
  await expect(question(page)).toBeVisible();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Stop/ }).click();
  await expect(question(page)).toHaveCount(0);
  await run(page);
  await question(page).getByRole('button', { name: 'Allow once' }).click();
  await expect(question(page).getByText('wants to use files')).toBeVisible();
  await rowOf(page, 'file_system_access').getByText('Allow').click();
  await expect(question(page)).toHaveCount(0);
  await expect(runPanel(page).getByText('No findings')).toBeVisible();
});

test('a denial says its line and its capability, and a button lets plugin.json ask for it', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await writePlugin(folder, [READ], []);
  const { page } = await openStudio(folder);
  await run(page);
  const said = runPanel(page).getByRole('alert', { name: 'The plugin threw SecurityError' });
  await expect(said).toContainText('read rules.txt at src/analyzer.ts:7 needs the capability file_system_access');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await expect(page.getByRole('treeitem', { name: /error: read rules\.txt at src\/analyzer\.ts:7/ })).toBeVisible();

  await page.getByRole('treeitem', { name: 'plugin.json' }).first().dblclick();
  await said.getByRole('button', { name: 'Allow file_system_access in plugin.json' }).click();
  await expect
    .poll(async () => JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8')).capabilities)
    .toMatchObject({ file_system_access: true, required_permissions: ['file_system_access'] });

  await run(page);
  await question(page).getByRole('button', { name: 'Never' }).click();
  await expect(said).toContainText('It is denied for this plugin');
  await said.getByRole('button', { name: 'Show permissions' }).click();
  await expect(rowOf(page, 'file_system_access')).toContainText('You denied it for good.');
  await rowOf(page, 'file_system_access').getByText('Allow').click();
  await expect(rowOf(page, 'file_system_access')).toContainText('You granted it for good.');
  await run(page);
  await expect(runPanel(page).getByText('No findings')).toBeVisible();

  await openPermissions(page, 'Used');
  await expect(
    uses(page).getByRole('row', { name: /allowed Files (file-read )?read rules\.txt 1 src\/analyzer\.ts:7/ }),
  ).toBeVisible();
  await view(page).getByRole('button', { name: 'Denied only' }).click();
  await expect(uses(page).getByRole('row', { name: /allowed/ })).toHaveCount(0);
  await expect(
    uses(page)
      .getByRole('row', { name: /denied Files/ })
      .first(),
  ).toBeVisible();
});

test('a host is allowed by hand, said to be wrong at its field, denied and revoked', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await writePlugin(folder, [], PERMISSIONS);
  const { page } = await openStudio(folder);
  await openPermissions(page);
  const field = view(page).getByRole('textbox', { name: 'Host to allow' });
  await field.fill('not a host');
  await field.press('Enter');
  await expect(field).toHaveAccessibleDescription(/"not a host" is no host/);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('*.Example.com:443');
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
  await field.press('Enter');
  const host = view(page).getByRole('listitem').filter({ hasText: '*.example.com:443' });
  await expect(host).toContainText('allowed');
  await expect(field).toHaveValue('');

  const shield = page.getByRole('contentinfo').getByRole('button', { name: /^Isolation/ });
  await expect(shield).toHaveAttribute('title', /network_access: \*\.example\.com:443/);
  await host.getByRole('button', { name: 'Deny *.example.com:443' }).click();
  await expect(host).toContainText('denied');
  await host.getByRole('button', { name: /^Revoke/ }).click();
  await expect(view(page).getByText('None yet.')).toBeVisible();
  await expect(rowOf(page, 'process_execution')).toContainText('Never: the sandbox starts no programs.');
});

test('the recorder lists what was used and proposes the least, which is applied as one step of undo', async ({
  openStudio,
  copyExample,
  feed,
}) => {
  const folder = await copyExample();
  await writePlugin(folder, [FETCH(feed.address)], ['file_system_access']);
  const before = await readFile(join(folder, 'plugin.json'), 'utf8');
  const { page } = await openStudio(folder);
  await page.getByRole('treeitem', { name: 'plugin.json' }).first().dblclick();
  await openPermissions(page, 'Recorder');
  const recorder = view(page).getByRole('region', { name: 'Recorder' });
  const record = recorder.getByRole('switch', { name: 'Record what the plugin uses' });
  await record.click();
  await expect(recorder.getByText('Nothing yet. Run the plugin.')).toBeVisible();
  await run(page);
  await expect(question(page).getByText(/does not ask for network_access; you are asked since/)).toBeVisible();
  await question(page).getByRole('button', { name: 'Allow once' }).click();
  const recorded = recorder.getByRole('list', { name: 'Recorded' });
  await expect(recorded.getByText(`GET ${feed.address}`)).toBeVisible();
  const change = recorder.getByRole('region', { name: 'Change of plugin.json' });
  await expect(change.getByText('-     "file_system_access": true', { exact: false })).toBeVisible();
  await expect(change.getByText('+     "network_access": true', { exact: false })).toBeVisible();

  await recorder.getByRole('button', { name: 'Apply to plugin.json' }).click();
  await expect(recorder.getByText('It asks for just what was used.')).toBeVisible();
  const { capabilities } = JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8'));
  expect(capabilities.required_permissions).toEqual(['network_access']);
  expect(capabilities.file_system_access).toBeUndefined();
  await record.click();
  await expect(record).not.toBeChecked();

  await page.getByRole('tab', { name: 'plugin.json' }).click();
  await page.getByRole('textbox', { name: 'Version', exact: true }).press('Control+z');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(join(folder, 'plugin.json'), 'utf8')).toBe(before);
});
