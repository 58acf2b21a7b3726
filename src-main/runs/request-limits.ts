/**
 * The limits that a request of the contract carries itself: a ScanRequest has max_memory_mb and max_cpu_percent. They
 * are limits of the run for as long as that request is worked on.
 */
import type { RunLimits } from '@shared/contracts';
import { LEAST_MEMORY_MB } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import type { Fields } from './types/run-type';

const above = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);

/** @throws StudioError runs/invalid-request where no plugin could start */
export function limitsOfRequest({ max_memory_mb, max_cpu_percent }: Fields): RunLimits {
  const memoryMb = above(max_memory_mb);
  const cpuPercent = above(max_cpu_percent);
  if (memoryMb !== undefined && memoryMb < LEAST_MEMORY_MB) {
    const problem = `/max_memory_mb is ${memoryMb}; no plugin starts with less than ${LEAST_MEMORY_MB} MB`;
    throw new StudioError('runs/invalid-request', `The request cannot be carried out: ${problem}.`, {
      data: { problems: [problem] },
    });
  }
  return {
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(cpuPercent === undefined ? {} : { cpuPercent: Math.max(1, cpuPercent) }),
  };
}
