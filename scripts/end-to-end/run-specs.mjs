/**
 * Runs the end-to-end specs through both doors, side by side: each has a display, a browser and data folders of its own,
 * and waits most of the time. What a door needs and is not there is said before, and its specs then fail: a spec that
 * could not run has not passed.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { addTallies } from '../check/run-checks.mjs';
import { describeRuntime, pickElectron } from '../launch/pick-runtime.mjs';
import { inProject } from '../launch/project.mjs';
import { runCommand } from '../launch/run-command.mjs';
import { runtimeSources } from '../launch/runtime-sources.mjs';
import { findChromium, provideSystemPackages } from './system-packages.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const DOORS = ['browser', 'electron'];

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

/** One door alone where the words name it. */
async function runPlaywright(words, env) {
  await mkdir(inProject('out', 'test'), { recursive: true });
  const isNamed = words.some((word) => word.startsWith('--project'));
  const runs = isNamed
    ? [runDoor('named', words, env)]
    : DOORS.map((door) => runDoor(door, withDoor(words, door), env));
  return tallyOfDoors(await Promise.all(runs));
}

/** A spec of one door alone is none of the other. */
const withDoor = (words, door) => [`--project=${door}`, '--pass-with-no-tests', ...words];

async function runDoor(name, words, env) {
  const report = inProject('out', 'test', `playwright-${name}.json`);
  await rm(report, { force: true });
  const cli = inProject('node_modules', '@playwright', 'test', 'cli.js');
  const output = inProject('test-results', name);
  const { code } = await runCommand(process.execPath, [cli, 'test', `--output=${output}`, ...words], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return tallyOfPlaywright(existsSync(report) ? JSON.parse(await readFile(report, 'utf8')) : undefined, code);
}

/** Words that name no spec at all are a mistake, not a success. */
export function tallyOfDoors(tallies) {
  const { passed, failed } = tallies.reduce(addTallies);
  return passed + failed === 0 ? { passed, failed: 1 } : { passed, failed };
}

/** A spec that passed only when it was tried again, or did not run, has not passed. */
export function tallyOfPlaywright(report, code) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed };
}
