/**
 * The real command line in a process of its own, for tests: built as the build does it, laid out as an installed
 * studio is, with a data folder that is gone afterwards.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const project = resolve(import.meta.dirname, '../../..');
/** Each worker's own: one may build it while the commands of another start. */
const studio = join(project, 'out', 'test', `studio-${process.env.VITEST_POOL_ID ?? 'alone'}`);
export const cliFile = join(studio, 'out', 'main', 'cli.js');

/** To be awaited before the first test. */
export async function buildCommandLine(): Promise<void> {
  const main = join(studio, 'out', 'main');
  const sdk = join(studio, 'resources', 'sdk');
  await mkdir(sdk, { recursive: true });
  await mkdir(main, { recursive: true });
  await build({
    entryPoints: [join(project, 'src-main', 'shell-headless', 'cli.ts')],
    outfile: cliFile,
    alias: { '@shared': join(project, 'src-shared') },
    bundle: true,
    external: ['esbuild'],
    format: 'cjs',
    // The CommonJS edition of one of them hides its imports from bundlers.
    mainFields: ['module', 'main'],
    platform: 'node',
    target: 'node18.15',
    logLevel: 'silent',
  });
  await copyFile(join(project, 'package.json'), join(studio, 'package.json'));
  await copyFile(join(project, 'out', 'test', 'runner-javascript.js'), join(main, 'runner-javascript.js'));
  for (const file of ['mcp-plugin-sdk.mjs', 'mcp-plugin-sdk-testing.mjs']) {
    await copyFile(join(project, 'out', 'test', file), join(sdk, file));
  }
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly result: Promise<CommandResult>;
  /** Settles with the first line on the standard output. */
  readonly firstLine: Promise<string>;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly uid?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

export function startCommand(home: string, args: readonly string[], options: CommandOptions = {}): RunningCommand {
  const { cwd = home, input, uid, environment = {} } = options;
  const child = spawn(process.execPath, [cliFile, ...args], {
    cwd,
    env: { PATH: process.env.PATH, MCP_STUDIO_HOME: join(home, 'studio-home'), ...environment },
    ...(uid === undefined ? {} : { uid }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const firstLine = new Promise<string>((done) => {
    let seen = '';
    child.stdout.on('data', (part: Buffer) => {
      seen += part.toString();
      if (seen.includes('\n')) done(seen.slice(0, seen.indexOf('\n')));
    });
  });
  const closed = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const result = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
    code,
    stdout,
    stderr,
  }));
  return { process: child, result, firstLine };
}

export const runCommandLine = (home: string, args: readonly string[], options?: CommandOptions) =>
  startCommand(home, args, options).result;
