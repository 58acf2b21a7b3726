/**
 * One process that runs a runner, from its start to its end. It inherits nothing of the host's environment, and ends
 * when the host does. What it says is handed on unchecked, in order, and all of it before its end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { CHANNEL_FD, LIFELINE_FD } from '@shared/contracts/runner-limits';
import type { HostMessage } from '@shared/contracts/runner-protocol';
import type { StudioError } from '@shared/errors';
import type { Isolation } from './isolation';
import { readMessages } from './message-reader';
import { createMessageSender } from './message-sender';
import { runnerEnvironment } from './runner-environment';
import type { RuntimeLimits } from './runtime-limits';
import { spawnFailure } from './spawn-failure';
import { createTextTail } from './text-tail';

export interface RunnerExit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** The last lines of its standard error. */
  readonly lastWords: string;
  /** Bytes, where it was ended for holding too much memory. */
  readonly overMemoryBytes: number | undefined;
  /** Bytes of the message that it was ended for. */
  readonly overflowed: number | undefined;
  /** Bytes that waited for it when it was ended for reading none of them. */
  readonly unread: number | undefined;
  /** Why something could not be said to it, where it was ended for that. */
  readonly unsayable: string | undefined;
  /** Why it could not be started at all. */
  readonly failure?: StudioError;
}

export interface RunnerListener {
  onMessage(message: unknown): void;
  /** It said something that is no message at all. */
  onBadLine(): void;
}

export interface RunnerProcess {
  /** The process that runs the plugin, once it is ready; until then it may be what starts it. */
  readonly pid: number | undefined;
  readonly isolation: string;
  /** Memory that it held when it was last measured; undefined before. */
  readonly memoryBytes: number | undefined;
  /** Sends at once, or as soon as what was sent before is read. What is sent keeps its order. */
  send(message: HostMessage): void;
  /** As send, together with others that are said in this turn. */
  sendSoon(message: HostMessage): void;
  /** Resolves when little of what was sent waits to be read; at once where the process has ended. */
  drained(): Promise<void>;
  /** Resolves when it can take a plugin; never where it ends before. */
  readonly ready: Promise<void>;
  /** Takes the one listener. A process without a plugin says nothing but that it is ready. */
  listen(listener: RunnerListener): void;
  kill(): void;
  /** Never rejects. */
  readonly ended: Promise<RunnerExit>;
}

export interface RunnerCommand {
  readonly execPath: string;
  readonly runnerFile: string;
  readonly folder: string;
  readonly isolation: Isolation;
  readonly limits: RuntimeLimits;
}

const MEGABYTE = 1024 * 1024;

function start({ execPath, runnerFile, folder, isolation, limits }: RunnerCommand): ChildProcess {
  const flags = [...isolation.flags, `--max-old-space-size=${limits.heapMb}`];
  const args = [...flags, runnerFile, String(limits.memoryMb * MEGABYTE)];
  const { command, args: before } = isolation.namespace ?? { command: undefined, args: [] };
  return spawn(command ?? execPath, command === undefined ? args : [...before, execPath, ...args], {
    cwd: folder,
    env: runnerEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** The process itself, where what started it stays before it. Known once it is there. */
function innermost(pid: number): number {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ');
    return child === undefined || child === '' ? pid : innermost(Number(child));
  } catch {
    // It has ended.
    return pid;
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const isReady = (message: unknown) => (message as { kind?: unknown } | null)?.kind === 'ready';

/** Follows what the watchdog reports: bytes, a line each. */
function followMemory(lifeline: Socket, limitBytes: number) {
  const memory: { held?: number; over?: number } = {};
  lifeline.setEncoding('latin1');
  lifeline.on('data', (text: string) => {
    const bytes = Number(text.slice(0, 4096).trimEnd().split('\n').at(-1));
    if (!Number.isSafeInteger(bytes) || bytes <= 0) return;
    memory.held = bytes;
    if (bytes > limitBytes) memory.over = bytes;
  });
  return memory;
}

/** Writing to a process that has just ended fails; its end is told by `ended`. */
const ignoreBrokenPipe = (socket: Socket) => socket.on('error', () => socket.destroy());

/** Node gives a process that it could not start no pipes where files are what it is out of. */
const hasPipes = ({ stdio }: ChildProcess) => (stdio as ChildProcess['stdio'] | undefined)?.[LIFELINE_FD] !== undefined;

/** One that has ended before it began. */
const neverStarted = ({ isolation }: RunnerCommand, failure: Promise<StudioError>): RunnerProcess => ({
  pid: undefined,
  isolation: isolation.name,
  memoryBytes: undefined,
  send: () => undefined,
  sendSoon: () => undefined,
  drained: () => Promise.resolve(),
  ready: new Promise(() => undefined),
  listen: () => undefined,
  kill: () => undefined,
  ended: failure.then((reason) => ({ ...NO_EXIT, failure: reason })),
});

const NO_EXIT = {
  exitCode: undefined,
  signal: undefined,
  lastWords: '',
  overMemoryBytes: undefined,
  overflowed: undefined,
  unread: undefined,
  unsayable: undefined,
};

/** Never throws: what keeps the process from starting is told by its end. */
export function startRunnerProcess(command: RunnerCommand): RunnerProcess {
  let child: ChildProcess;
  try {
    child = start(command);
  } catch (error) {
    return neverStarted(command, Promise.resolve(spawnFailure(error, command)));
  }
  const failure = new Promise<StudioError>((resolve) => {
    // Later ones are of signals that could not be sent to a process that is ending anyway.
    child.on('error', (error) => child.pid === undefined && resolve(spawnFailure(error, command)));
  });
  return child.pid === undefined || !hasPipes(child) ? neverStarted(command, failure) : follow(child, command);
}

function follow(child: ChildProcess, command: RunnerCommand): RunnerProcess {
  const { limits } = command;
  const channel = child.stdio[CHANNEL_FD] as Socket;
  const lifeline = child.stdio[LIFELINE_FD] as Socket;
  const memory = followMemory(lifeline, limits.memoryMb * MEGABYTE);
  const lastWords = createTextTail(8192);
  let listener: RunnerListener | undefined;
  let overflowed: number | undefined;
  let { pid } = child;
  let becomeReady = () => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = () => {
      if (pid !== undefined && command.isolation.namespace?.stays === true) pid = innermost(pid);
      resolve();
    };
  });

  /** What stays before the process would be gone, and the process would not be, if it alone were ended. */
  const kill = () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (pid !== undefined && pid !== child.pid) endProcess(pid);
    child.kill('SIGKILL');
  };

  for (const socket of [channel, lifeline]) ignoreBrokenPipe(socket);
  const sender = createMessageSender(channel, { mostWaiting: limits.lineBytes, onFailure: kill });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => lastWords.append(text));
  const heard = readMessages(channel, {
    onMessage: (message) => (isReady(message) ? becomeReady() : listener?.onMessage(message)),
    onBadLine: () => listener?.onBadLine(),
    onOverflow: (bytes) => {
      overflowed = bytes;
      kill();
    },
    lineBytes: limits.lineBytes,
    sliceMs: limits.sliceMs,
  });

  const exited = new Promise<Pick<RunnerExit, 'exitCode' | 'signal'>>((resolve) => {
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }),
    );
  });

  const ended = exited.then(async (exit) => {
    await heard;
    const { unread, unsayable } = sender;
    return { ...exit, lastWords: lastWords.read(), overMemoryBytes: memory.over, overflowed, unread, unsayable };
  });

  return {
    get pid() {
      return pid;
    },
    isolation: command.isolation.name,
    get memoryBytes() {
      return memory.held;
    },
    send: sender.send,
    sendSoon: sender.sendSoon,
    listen(next) {
      listener = next;
    },
    drained: sender.drained,
    ready,
    kill,
    ended,
  };
}
