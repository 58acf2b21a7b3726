/**
 * What a process took of the machine so far, asked of the system and not of the process. Linux tells it in a file that
 * is no file: reading it at once takes less time than waiting for a thread to read it.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** Processor time of all its threads. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** The kernel counts in hundredths of a second for every program. */
const TICK_MS = 10;

/** @param stat text of /proc/<pid>/stat; the name in it may hold anything, also parentheses. */
export function cpuFromStat(stat: string): number | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? undefined : ticks * TICK_MS;
}

/** @param status text of /proc/<pid>/status; 0 where it has ended and is not yet forgotten. */
export const memoryFromStatus = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;

/** @param text of `ps -o time=,rss=`, such as "  1:02.03  52144" or "1-02:03:04 52144" */
export function usageFromPs(text: string): ProcessUsage | undefined {
  const [, days = '0', clock, kilobytes] = /^\s*(?:(\d+)-)?([\d:.]+)\s+(\d+)\s*$/.exec(text) ?? [];
  if (clock === undefined) return undefined;
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { cpuMs: (Number(days) * 86_400 + seconds) * 1000, memoryBytes: Number(kilobytes) * 1024 };
}

function read(pid: number, name: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    // It has ended, or the host has as many files open as it may.
    return undefined;
  }
}

function readProc(pid: number): ProcessUsage | undefined {
  const cpuMs = cpuFromStat(read(pid, 'stat') ?? '');
  return cpuMs === undefined ? undefined : { cpuMs, memoryBytes: memoryFromStatus(read(pid, 'status') ?? '') };
}

const askPs = (pid: number) =>
  new Promise<ProcessUsage | undefined>((resolve) => {
    execFile('ps', ['-o', 'time=,rss=', '-p', String(pid)], { timeout: 5000 }, (error, stdout) =>
      resolve(error === null ? usageFromPs(stdout) : undefined),
    );
  });

/** Undefined where the process has ended or cannot be asked about now, and on Windows, which has no such question that is cheap to ask. */
export async function readUsage(pid: number): Promise<ProcessUsage | undefined> {
  if (process.platform === 'linux') return readProc(pid);
  return process.platform === 'win32' ? undefined : askPs(pid);
}

/** The same, where the processor's time is all that is asked for. */
export async function readCpuMs(pid: number): Promise<number | undefined> {
  return process.platform === 'linux' ? cpuFromStat(read(pid, 'stat') ?? '') : (await readUsage(pid))?.cpuMs;
}
