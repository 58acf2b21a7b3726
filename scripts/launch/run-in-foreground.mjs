/**
 * Hands the terminal to a program and waits until it has ended. The terminal sends Ctrl+C to both; the launcher stays
 * until the program has closed what it has open, and passes on what only it was sent.
 */
import { spawn } from 'node:child_process';

/** @returns {Promise<number>} its exit code; 0 where it was stopped on purpose. */
export function runInForeground(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  const stay = () => {};
  const forward = () => child.kill('SIGTERM');
  process.on('SIGINT', stay).on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', stay).off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}
