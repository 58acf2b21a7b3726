/** What is wrong is said where the person looks, with what to do next, and nothing is lost. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/studio';

async function replaceAnalyzer(folder: string, body: string): Promise<void> {
  const text = `import { AnalyzerPlugin } from 'mcp-plugin-sdk';
export class StaticAnalyzer extends AnalyzerPlugin {
  getSupportedTypes() { return ['source_code']; }
  getRulesInfo() { return {}; }
  ${body}
}
`;
  await writeFile(join(folder, 'src', 'analyzer.ts'), text);
}

async function run(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
}

test('a plugin that throws shows what it threw and where, and the next run is a fresh one', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await replaceAnalyzer(folder, "async analyze() { throw new Error('the rules are gone'); }");
  const { page } = await openStudio(folder);
  await run(page);
  const panel = page.getByRole('tabpanel', { name: 'Run' });
  await expect(panel.getByText('the rules are gone').first()).toBeVisible();
  await expect(panel.getByText(/src\/analyzer\.ts:5/).first()).toBeVisible();

  await replaceAnalyzer(
    folder,
    "async analyze(request) { return { request_id: request.request_id, status: 'success' }; }",
  );
  await run(page);
  await expect(page.getByRole('status', { name: 'Last run' })).toContainText(/0 findings|no findings/i);
});

test('a plugin that loops for ever is stopped at its timeout, and the window goes on', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  await replaceAnalyzer(folder, 'async analyze() { for (;;); }');
  const { page } = await openStudio(folder);
  await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name: 'orders-service.py' }).click();
  await page.getByRole('textbox', { name: 'Timeout in seconds' }).fill('2');
  await run(page);
  await expect(
    page
      .getByRole('tabpanel', { name: 'Run' })
      .getByText(/timeout|timed out/i)
      .first(),
  ).toBeVisible();
});

test('a folder without plugin.json is refused with what to do', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await rm(join(folder, 'plugin.json'));
  const { page } = await openStudio();
  await expect(page.getByRole('menubar')).toBeVisible();
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/no plugin\.json/).first()).toBeVisible();
});

const ANALYZE = "async analyze({ request_id }) { return { request_id, status: 'success' }; }";

/** What a plugin does wrong, and what the window says of it. */
const MISBEHAVIOURS: readonly (readonly [body: string, said: RegExp])[] = [
  [`constructor(context) { super(context); throw new Error('no rules to build'); } ${ANALYZE}`, /no rules to build/],
  [`async initialize() { throw new Error('no model to load'); } ${ANALYZE}`, /no model to load/],
  ["async analyze() { return { status: 'splendid' }; }", /status/],
  ['async analyze() { process.exit(7); }', /process_execution/],
];

test('a plugin that fails anywhere in its life says where, in one window', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await replaceAnalyzer(folder, MISBEHAVIOURS[0]![0]);
  const { page } = await openStudio(folder);
  for (const [body, said] of MISBEHAVIOURS) {
    await replaceAnalyzer(folder, body);
    await run(page);
    await expect(page.getByRole('tabpanel', { name: 'Run' }).getByText(said).first()).toBeVisible();
  }
});

test('an entry point that leads nowhere is a problem of the manifest, and the run says so', async ({
  openStudio,
  copyExample,
}) => {
  const folder = await copyExample();
  const file = join(folder, 'plugin.json');
  const manifest = await readFile(file, 'utf8');
  const { page } = await openStudio(folder);
  const problems = page.getByRole('tab', { name: 'Problems' });
  for (const [entryPoint, said] of [
    ['src.nowhere:StaticAnalyzer', /nowhere/],
    ['../other:StaticAnalyzer', /outside|inside|leaves|\.\./],
    ['src.analyzer:Nobody', /Nobody/],
  ] as const) {
    await writeFile(file, manifest.replace(/"entry_point": "[^"]*"/, `"entry_point": "${entryPoint}"`));
    await problems.click();
    await expect(page.getByRole('tabpanel', { name: 'Problems' }).getByText(said).first()).toBeVisible();
    await run(page);
    await expect(page.getByRole('tabpanel', { name: 'Run' }).getByText(said).first()).toBeVisible();
  }
});

test('a hundred thousand events at once are counted, and the window goes on', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await replaceAnalyzer(
    folder,
    `async analyze(request) {
      for (let at = 0; at < 100_000; at++) this.eventBus.publish({ event_type: 'custom.flood', data: { at } });
      return { request_id: request.request_id, status: 'success' };
    }`,
  );
  const { page } = await openStudio(folder);
  await run(page);
  await expect(page.getByRole('status', { name: 'Last run' })).toContainText('0 findings', { timeout: 30_000 });
  const filter = page.getByRole('textbox', { name: 'Filter events' });
  await filter.fill('type:custom.flood');
  await filter.press('Enter');
  await expect(page.getByText(/^100,000 of /)).toBeVisible();
});

test('samples that cannot be one are refused with why, before anything runs', async ({ openStudio, copyExample }) => {
  const folder = await copyExample();
  await writeFile(join(folder, 'samples', 'huge.log'), Buffer.alloc(50 * 1024 * 1024, 'line of a log\n'));
  await writeFile(join(folder, 'samples', 'picture.bin'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0xff]));
  const { page } = await openStudio(folder);
  for (const [name, said] of [
    ['huge.log', /50(\.0)? MB/],
    ['picture.bin', /binary|no text/i],
  ] as const) {
    await page.getByRole('listbox', { name: 'Samples' }).getByRole('option', { name }).click();
    await expect(page.getByRole('tabpanel', { name }).getByText(said).first()).toBeVisible();
    await page.getByRole('toolbar', { name: 'Run', exact: true }).getByRole('button', { name: /^Run/ }).click();
    await expect(page.getByRole('tabpanel', { name: 'Run' }).getByText(said).first()).toBeVisible();
  }
});
