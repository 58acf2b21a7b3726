/**
 * What holds a plugin's process in besides its Compartment: Node's permission flags, where the runtime has them. They
 * deny files, child processes, addons and the inspector. Whether a runtime has them is not read off its name or
 * version: it is started with the flag and has to show that it denies what it should, and still can do what a runner
 * needs. One that has not the flag, or has it and does not hold it, is told as what it is.
 */
import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { runnerEnvironment } from './runner-environment';

export interface Isolation {
  readonly name: 'ses + permissions' | 'ses only';
  /** Flags of the process; it may read the runner's file and start its watchdog, nothing else. */
  readonly flags: readonly string[];
}

export const SES_ONLY: Isolation = { name: 'ses only', flags: [] };

const PERMISSION_FLAGS = ['--permission', '--experimental-permission'] as const;

/** Exit code of a runtime that holds. Others have meanings of their own: 9 is an unknown flag. */
const HOLDS = 42;
/** A runtime that takes longer to start is not worth waiting for. */
const LONGEST_PROBE_MS = 10_000;

/** Runs in the runtime in question; the runner's file is its argument. */
const PROBE = `
const denied = (attempt) => { try { attempt(); return false; } catch (error) { return error.code === 'ERR_ACCESS_DENIED'; } };
const fs = require('node:fs');
const { Worker } = require('node:worker_threads');
const runnerFile = process.argv[1];
const holds =
  denied(() => fs.readFileSync(process.execPath)) &&
  denied(() => fs.readdirSync('.')) &&
  denied(() => fs.writeFileSync(runnerFile + '.probe', '')) &&
  denied(() => require('node:child_process').spawnSync(process.execPath, ['--version'])) &&
  fs.readFileSync(runnerFile).length > 0;
if (!holds) process.exit(1);
new Worker('', { eval: true }).once('error', () => process.exit(1)).once('exit', () => process.exit(${HOLDS}));
`;

const flagsOf = (flag: string, runnerFile: string) => [
  flag,
  `--allow-fs-read=${runnerFile}`,
  '--allow-worker',
  '--no-warnings',
];

type Answer = 'holds' | 'does not hold' | 'cannot be told';

/** A runtime that is missing, or that was killed because it took too long, has not said anything about its flags. */
const ask = (execPath: string, flags: readonly string[], runnerFile: string) =>
  new Promise<Answer>((resolve) => {
    const child = spawn(execPath, [...flags, '-e', PROBE, runnerFile], {
      env: runnerEnvironment(),
      stdio: 'ignore',
      windowsHide: true,
      timeout: LONGEST_PROBE_MS,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve('cannot be told'));
    child.once('exit', (code) => {
      if (code === null) resolve('cannot be told');
      else resolve(code === HOLDS ? 'holds' : 'does not hold');
    });
  });

/** Undefined where it cannot be told. */
async function probe(execPath: string, givenFile: string): Promise<Isolation | undefined> {
  // The permission model compares real paths.
  const runnerFile = await realpath(givenFile).catch(() => givenFile);
  const candidates = PERMISSION_FLAGS.map((flag) => flagsOf(flag, runnerFile));
  const answers = await Promise.all(
    candidates.map((flags) => ask(execPath, flags, runnerFile).catch((): Answer => 'cannot be told')),
  );
  const flags = candidates.find((_, index) => answers[index] === 'holds');
  if (flags !== undefined) return { name: 'ses + permissions', flags };
  return answers.includes('cannot be told') ? undefined : SES_ONLY;
}

const known = new Map<string, Promise<Isolation | undefined>>();

/** Asks each runtime once, unless it cannot be told; that takes as long as the runtime takes to start. Never rejects. */
export async function isolationOf(runnerFile: string, execPath: string): Promise<Isolation> {
  const key = `${execPath}\n${runnerFile}`;
  const asked = known.get(key) ?? probe(execPath, runnerFile);
  known.set(key, asked);
  const isolation = await asked;
  if (isolation === undefined) known.delete(key);
  return isolation ?? SES_ONLY;
}
