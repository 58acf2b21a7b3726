/**
 * Runs the end-to-end specs through both doors. What a door needs and is not there is said before, and its specs then
 * fail: a spec that could not run has not passed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { describeRuntime, pickElectron } from '../launch/pick-runtime.mjs';
import { inProject } from '../launch/project.mjs';
import { runCommand } from '../launch/run-command.mjs';
import { runtimeSources } from '../launch/runtime-sources.mjs';
import { findChromium, provideSystemPackages } from './system-packages.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const REPORT = inProject('out', 'test', 'playwright.json');

/** @param {readonly string[]} words passed on to Playwright @param {(line: string) => void} say */
export async function runSpecs(words, say) {
  const runtime = await pickElectron(
    { overrideDist: process.env.ELECTRON_OVERRIDE_DIST_PATH },
    runtimeSources({ retryElectron: false }),
  );
  const electron = runtime.kind === 'electron' ? runtime.electron : undefined;
  say(electron === undefined ? `There is no Electron: ${runtime.why}.` : describeRuntime(runtime));
  for (const lack of await provideSystemPackages(electron?.executable, say)) say(`Missing: ${lack}`);
  const display = await openDisplay(say);
  try {
    return await runPlaywright(words, {
      ...process.env,
      ...(electron === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: electron.dist }),
      ...(display === undefined ? {} : { DISPLAY: display.display }),
      CHROMIUM_PATH: findChromium() ?? '',
    });
  } finally {
    await display?.stop();
  }
}

async function openDisplay(say) {
  if (process.platform !== 'linux') return undefined;
  try {
    return await startVirtualDisplay();
  } catch (error) {
    say(`Missing: ${error.message}. The specs in Electron have no display.`);
    return undefined;
  }
}

async function runPlaywright(words, env) {
  await mkdir(inProject('out', 'test'), { recursive: true });
  await rm(REPORT, { force: true });
  const cli = inProject('node_modules', '@playwright', 'test', 'cli.js');
  const { code } = await runCommand(process.execPath, [cli, 'test', ...words], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT },
  });
  const report = existsSync(REPORT) ? JSON.parse(await readFile(REPORT, 'utf8')) : undefined;
  return tallyOfPlaywright(report, code);
}

/** A spec that passed only when it was tried again, or did not run, has not passed. */
export function tallyOfPlaywright(report, code) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed };
}
