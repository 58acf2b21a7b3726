/** Builds the studio, at all times or only where a source is newer than what was built from it. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf } from './fingerprint.mjs';
import { inProject, PROJECT } from './project.mjs';
import { runCommand } from './run-command.mjs';
import { inSetUpTurn } from './set-up-turn.mjs';

const SOURCES = [
  'src-shared',
  'src-main',
  'src-renderer',
  'scripts/generate',
  'scripts/generate.mjs',
  'scripts/plugin-runner.ts',
  'scripts/window-resources.ts',
  'scripts/empty-module.cjs',
  'electron.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];

const PRODUCTS = [
  'out/main/electron.js',
  'out/main/host.js',
  'out/main/cli.js',
  'out/main/runner-javascript.js',
  'out/main/database-worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'resources/schemas',
  'resources/sdk/mcp-plugin-sdk.mjs',
];

/** @returns {Promise<string | undefined>} why to build, or undefined where all is as its sources are. */
export async function reasonToBuild(root = PROJECT) {
  const missing = PRODUCTS.find((path) => !existsSync(join(root, path)));
  if (missing !== undefined) return `${missing} is missing`;
  const marker = join(root, 'out', '.built');
  if (!existsSync(marker)) return 'the last build did not finish';
  const current = await fingerprintOf(root, SOURCES);
  return (await readFile(marker, 'utf8')) === current ? undefined : 'the sources have changed';
}

/** @param {{ onOutput?: (text: string) => void }} [options] @throws {Error} where a step failed. */
export async function build(options = {}) {
  const stdio = options.stdio ?? 'inherit';
  const marker = inProject('out', '.built');
  await rm(marker, { force: true });
  // Before the build, so that a file edited while it runs makes the next one stale.
  const fingerprint = await fingerprintOf(PROJECT, SOURCES);
  const node = (...args) => runCommand(process.execPath, args, { stdio });
  const steps = [
    [inProject('scripts', 'generate.mjs')],
    [inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
  ];
  for (const step of steps) {
    const { code } = await node(...step);
    if (code !== 0) throw new Error('The build failed; see above.');
  }
  await mkdir(inProject('out'), { recursive: true });
  await writeFile(marker, fingerprint);
}

/** @param {(line: string) => void} say */
export async function buildWhenStale(say) {
  if ((await reasonToBuild()) !== undefined) await inSetUpTurn(say, () => buildNow(say));
}

async function buildNow(say) {
  const reason = await reasonToBuild();
  if (reason === undefined) return;
  const started = Date.now();
  say(`Building the studio, because ${reason} …`);
  await build({ stdio: ['ignore', 2, 2] });
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
