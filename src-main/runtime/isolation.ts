/**
 * What holds a plugin's process in besides its Compartment. Node's permission flags, where the runtime has them, deny
 * files, child processes, addons and the inspector. A namespace, where the system lets us make one, has no network in
 * it but its own. Neither is read off a name or version: a process is started with them and has to show that it is
 * denied what it should be, and still can do what a runner needs. What does not hold is told as what it is.
 */
import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { runnerEnvironment } from './runner-environment';

export interface Isolation {
  /** Such as "ses + permissions + namespace" or "ses only". */
  readonly name: string;
  /** Flags of the process; it may read the runner's file and start its watchdog, nothing else. */
  readonly flags: readonly string[];
  /** What starts it in a namespace of its own. */
  readonly namespace: Namespace | undefined;
}

export interface Namespace {
  readonly command: string;
  readonly args: readonly string[];
  /** The command stays, and the process is a child of it. */
  readonly stays: boolean;
}

export const SES_ONLY: Isolation = { name: 'ses only', flags: [], namespace: undefined };

const PERMISSION_FLAGS = ['--permission', '--experimental-permission'] as const;

/** In the order of preference: what is gone once the process runs comes first, and who is root in it comes last. */
const NAMESPACES: readonly Namespace[] = [
  { command: '/usr/bin/unshare', args: ['--map-current-user', '--net', '--'], stays: false },
  { command: '/usr/bin/unshare', args: ['--map-root-user', '--net', '--'], stays: false },
  {
    command: '/usr/bin/bwrap',
    args: ['--unshare-net', '--die-with-parent', '--dev-bind', '/', '/', '--'],
    stays: true,
  },
];

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

/** Runs in the namespace in question; the port on which the host listens is its argument. */
const NETWORK_PROBE = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1');
socket.once('connect', () => process.exit(1)).once('error', () => process.exit(${HOLDS}));
`;

const flagsOf = (flag: string, runnerFile: string) => [
  flag,
  `--allow-fs-read=${runnerFile}`,
  '--allow-worker',
  '--no-warnings',
];

type Answer = 'holds' | 'does not hold' | 'cannot be told';

/** A runtime that is missing, or that was killed because it took too long, has not said anything about its flags. */
const ask = (command: string, args: readonly string[]) =>
  new Promise<Answer>((resolve) => {
    const child = spawn(command, args, {
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
  }).catch((): Answer => 'cannot be told');

async function probePermissions(execPath: string, runnerFile: string) {
  const candidates = PERMISSION_FLAGS.map((flag) => flagsOf(flag, runnerFile));
  const answers = await Promise.all(candidates.map((flags) => ask(execPath, [...flags, '-e', PROBE, runnerFile])));
  return { flags: candidates.find((_, index) => answers[index] === 'holds'), answers };
}

/** A shell is there sooner than a runtime to say whether there are namespaces at all. */
async function possibleNamespaces(namespaces: readonly Namespace[]): Promise<readonly Namespace[]> {
  if (process.platform !== 'linux') return [];
  const answers = await Promise.all(
    namespaces.map(({ command, args }) => ask(command, [...args, '/bin/sh', '-c', `exit ${HOLDS}`])),
  );
  return namespaces.filter((_, index) => answers[index] === 'holds');
}

/** What the host listens on for this alone must be out of reach. */
async function hasNoNetwork({ command, args }: Namespace, execPath: string): Promise<boolean> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await ask(command, [...args, execPath, '-e', NETWORK_PROBE, String(port)]);
  server.close();
  return answer === 'holds';
}

async function worksWith({ command, args }: Namespace, execPath: string, flags: readonly string[], runnerFile: string) {
  const work = flags.length === 0 ? `process.exit(${HOLDS})` : PROBE;
  return (await ask(command, [...args, execPath, ...flags, '-e', work, runnerFile])) === 'holds';
}

async function pickNamespace(
  possible: readonly Namespace[],
  execPath: string,
  flags: readonly string[],
  runnerFile: string,
): Promise<Namespace | undefined> {
  for (const namespace of possible) {
    const [works, isApart] = await Promise.all([
      worksWith(namespace, execPath, flags, runnerFile),
      hasNoNetwork(namespace, execPath),
    ]);
    if (works && isApart) return namespace;
  }
  return undefined;
}

function nameOf(hasFlags: boolean, hasNamespace: boolean): string {
  const parts = ['ses', ...(hasFlags ? ['permissions'] : []), ...(hasNamespace ? ['namespace'] : [])];
  return parts.length === 1 ? SES_ONLY.name : parts.join(' + ');
}

/** Undefined where it cannot be told. */
async function probe(
  execPath: string,
  givenFile: string,
  namespaces: readonly Namespace[],
): Promise<Isolation | undefined> {
  // The permission model compares real paths.
  const runnerFile = await realpath(givenFile).catch(() => givenFile);
  const [{ flags, answers }, possible] = await Promise.all([
    probePermissions(execPath, runnerFile),
    possibleNamespaces(namespaces),
  ]);
  if (flags === undefined && answers.includes('cannot be told')) return undefined;
  const namespace = await pickNamespace(possible, execPath, flags ?? [], runnerFile);
  return { name: nameOf(flags !== undefined, namespace !== undefined), flags: flags ?? [], namespace };
}

const known = new Map<string, Promise<Isolation | undefined>>();

/** Asks each runtime once, unless it cannot be told; that takes as long as the runtime takes to start. Never rejects. */
export async function isolationOf(
  runnerFile: string,
  execPath: string,
  namespaces: readonly Namespace[] = NAMESPACES,
): Promise<Isolation> {
  const key = JSON.stringify([execPath, runnerFile, namespaces]);
  const asked = known.get(key) ?? probe(execPath, runnerFile, namespaces);
  known.set(key, asked);
  const isolation = await asked;
  if (isolation === undefined) known.delete(key);
  return isolation ?? SES_ONLY;
}
