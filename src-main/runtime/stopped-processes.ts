/**
 * Stops and continues processes. One that is stopped cannot notice that the host is gone, and would stay for ever; so
 * a shell that costs next to nothing waits for that, and lets all of them go on: each then ends itself.
 */
import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Windows has no signal that stops a process. */
export const CAN_STOP_PROCESSES = process.platform !== 'win32';

/** Each line names all processes that may be stopped; the end of its input is the end of the host. */
const GUARD = `
trap '' INT TERM HUP
while read -r line; do pids=$line; done
[ -z "$pids" ] || kill -CONT $pids
`;

const guarded = new Set<number>();
let guard: Writable | undefined;

function tellGuard() {
  guard?.write(`${[...guarded].join(' ')}\n`);
}

function startGuard() {
  const child = spawn('/bin/sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], env: {} });
  child.unref();
  // Node gives one that it could not start no pipe where files are what it is out of.
  const stdin = child.stdin as (Writable & { unref?(): void }) | undefined;
  const forget = () => {
    if (guard === stdin) guard = undefined;
  };
  // Without it nothing is stopped that could be left behind: see `stop`.
  child.on('error', forget).on('exit', forget);
  stdin?.on('error', forget).unref?.();
  guard = stdin;
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    // It has ended.
    return false;
  }
}

export interface StoppableProcess {
  /** @returns false where it has ended, or nobody is there who would let it go on if the host ended */
  stop(): boolean;
  goOn(): void;
  /** Goes on, and is stopped no more. */
  close(): void;
}

export function stoppable(pid: number): StoppableProcess {
  guarded.add(pid);
  if (guard === undefined) startGuard();
  tellGuard();
  return {
    stop: () => guard !== undefined && guarded.has(pid) && send(pid, 'SIGSTOP'),
    goOn: () => void send(pid, 'SIGCONT'),
    close() {
      if (!guarded.delete(pid)) return;
      send(pid, 'SIGCONT');
      tellGuard();
    },
  };
}
