/** The same specs through both doors: the browser and the desktop window. */
import { defineConfig } from '@playwright/test';
import type { StudioFixtureOptions } from './e2e/fixtures/studio';

const jsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig<StudioFixtureOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...(jsonReport === undefined ? [] : [['json', { outputFile: jsonReport }] as const])],
  projects: [
    // A spec of one door says so in its name.
    { name: 'browser', use: { door: 'browser' }, testIgnore: '**/desktop-*.spec.ts' },
    { name: 'electron', use: { door: 'electron' }, testIgnore: '**/browser-*.spec.ts' },
  ],
});
