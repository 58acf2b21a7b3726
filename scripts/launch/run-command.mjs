/** Runs a program and tells how it ended. Nothing here throws because a program failed; who called decides. */
import { spawn } from 'node:child_process';
import { PROJECT } from './project.mjs';

const isWindows = process.platform === 'win32';

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** npm is a script on Windows, and scripts run only through a shell there. */
export const npmCommand = isWindows ? 'npm.cmd' : 'npm';

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: object, stdio?: import('node:child_process').StdioOptions, cwd?: string, timeoutMs?: number,
 *   onOutput?: (text: string) => void }} [options] with onOutput, what it writes goes there instead of the terminal;
 *   after timeoutMs it is killed with all that it started, as it is when we are told to stop meanwhile.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean, missing: boolean }>} code 127 where there is
 *   no such program.
 */
export function runCommand(command, args, options = {}) {
  const { env = process.env, cwd = PROJECT, timeoutMs, onOutput } = options;
  const stdio = options.stdio ?? (onOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit');
  const child = spawn(command, args, {
    cwd,
    env,
    stdio,
    shell: isWindows && command.endsWith('.cmd'),
    detached: timeoutMs !== undefined && !isWindows,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
      onOutput?.(text);
    });
  }
  return new Promise((resolve) => {
    let timedOut = false;
    const kill = () => {
      timedOut = true;
      if (isWindows) child.kill();
      else process.kill(-child.pid, 'SIGKILL');
    };
    // In a group of its own it does not hear the terminal's Ctrl+C.
    const stop = (signal) => {
      forget();
      kill();
      process.kill(process.pid, signal);
    };
    const deadline = timeoutMs === undefined ? undefined : setTimeout(kill, timeoutMs);
    if (timeoutMs !== undefined) for (const signal of STOPS) process.once(signal, stop);
    const forget = () => {
      clearTimeout(deadline);
      for (const signal of STOPS) process.off(signal, stop);
    };
    const end = (code, missing) => {
      forget();
      resolve({ code, output, timedOut, missing });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127, error.code === 'ENOENT');
    });
    child.once('close', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 1), false));
  });
}
