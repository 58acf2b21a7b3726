/**
 * A thread that ends this process when the host is gone or when it holds too much memory. A thread, because the main
 * one may be looping for ever; SIGKILL, because nothing in the plugin may have a say in it.
 */
import { Worker } from 'node:worker_threads';
import { LIFELINE_FD } from '@shared/contracts/runner-limits';

const watch = `
const { Socket } = require('node:net');
const { workerData } = require('node:worker_threads');
const end = () => process.kill(process.pid, 'SIGKILL');
const lifeline = new Socket({ fd: workerData.fd, readable: true, writable: true });
lifeline.on('close', end).on('end', end).on('error', end).resume();
let reported = 0;
setInterval(() => {
  const held = process.memoryUsage.rss();
  const over = held > workerData.limitBytes;
  if (over || Math.abs(held - reported) > 1024 * 1024) lifeline.write(held + '\\n', over ? end : undefined);
  if (over) setTimeout(end, 100);
  reported = held;
}, workerData.intervalMs);
`;

/** @param limitBytes Of memory that the whole process may hold. */
export function startWatchdog(limitBytes: number): void {
  const worker = new Worker(watch, {
    eval: true,
    workerData: { fd: LIFELINE_FD, limitBytes, intervalMs: 100 },
    env: {},
    execArgv: [],
  });
  worker.unref();
  // Without its watchdog this process must not run a plugin.
  worker.on('exit', () => process.kill(process.pid, 'SIGKILL'));
}
