/**
 * All that can be said about the code without opening the studio: types of each layer, style, layer rules, dead code,
 * unit and integration tests. Every step runs, whatever came of those before it.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { pickElectron } from '../launch/pick-runtime.mjs';
import { inProject } from '../launch/project.mjs';
import { runCommand } from '../launch/run-command.mjs';
import { runtimeSources } from '../launch/runtime-sources.mjs';

const LAYERS = ['src-shared', 'src-main', 'src-renderer', 'e2e', 'resources/examples', 'tsconfig.tests.json'];
const REPORT = inProject('out', 'test', 'vitest.json');

const bin = (...path) => inProject('node_modules', ...path);
const TYPES = bin('typescript', 'bin', 'tsc');

const STEPS = [
  // Types and tests use what is made from the contract.
  { name: 'generated resources', args: [inProject('scripts', 'generate.mjs')] },
  ...LAYERS.map((layer) => ({ name: `types of ${layer}`, args: [TYPES, '-p', layer] })),
  { name: 'style', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'layer rules', args: [inProject('scripts', 'check', 'layers.mjs')] },
  { name: 'dead code', args: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
];

const VITEST = [
  bin('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${REPORT}`,
];

/** @typedef {{ passed: number, failed: number }} Tally */

/** @param {(line: string) => void} say @returns {Promise<Tally>} tests; a step that failed counts as one of them. */
export async function runChecks(say) {
  const tally = { passed: 0, failed: 0 };
  for (const { name, args } of STEPS) {
    const started = Date.now();
    const { code, output } = await runCommand(process.execPath, args, { onOutput: () => {} });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    say(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (code === 0) continue;
    tally.failed += 1;
    say(output.trimEnd());
  }
  const { dist, why } = await findElectron();
  if (dist === undefined) {
    tally.failed += 1;
    say(`✗ tests of plugins in Electron: ${why}`);
  }
  return addTallies(tally, await runUnitTests(dist));
}

/** Plugins run in Electron too: without one their tests have not all run. */
async function findElectron() {
  try {
    const wish = { overrideDist: process.env.ELECTRON_OVERRIDE_DIST_PATH };
    const { electron, why } = await pickElectron(wish, runtimeSources());
    return { dist: electron?.dist, why };
  } catch (error) {
    return { dist: undefined, why: error.message };
  }
}

async function runUnitTests(electronDist) {
  await mkdir(inProject('out', 'test'), { recursive: true });
  await rm(REPORT, { force: true });
  const env = electronDist === undefined ? process.env : { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electronDist };
  const { code } = await runCommand(process.execPath, VITEST, { env });
  const report = existsSync(REPORT) ? JSON.parse(await readFile(REPORT, 'utf8')) : undefined;
  return tallyOfVitest(report, code);
}

/** A file that could not even be loaded has no tests to count, and is one failure; so is a run without a report. */
export function tallyOfVitest(report, code) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  );
  const failed = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

export const addTallies = (one, other) => ({ passed: one.passed + other.passed, failed: one.failed + other.failed });
