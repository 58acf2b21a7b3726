/**
 * One scan, from its start to its end. What it has found so far can be read at any time; when it is over, nothing that
 * is still under way changes it any more.
 */
import type { PluginNetwork, ScanRequest, ScanResponse, ScanResult, ScanStatus } from 'mcp-plugin-sdk';
import type { Finding } from '../finding';
import type { Settings } from '../settings';
import { createCancellation } from './cancellation';
import type { ScanPlan } from './scan-plan';
import { createTally } from './scan-tally';
import type { Slots } from './slots';
import { tryPort } from './try-port';

export interface ScanJob {
  readonly id: string;
  readonly request: ScanRequest;
  response(): ScanResponse;
  /** @returns false where it is over already. */
  cancel(): boolean;
  /** Resolves when the scan is over, however it ended. Never rejects. */
  readonly ended: Promise<void>;
}

export interface ScanSurroundings {
  readonly network: PluginNetwork;
  readonly slots: Slots;
  readonly settings: Settings;
  readonly scanner: { readonly name: string; readonly version: string };
  /** Hears of what is wrong with a port as soon as it is found. */
  onFindings(findings: readonly Finding[]): void;
}

/** A timer takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function startScanJob(request: ScanRequest, plan: ScanPlan, around: ScanSurroundings): ScanJob {
  const { network, slots, settings, scanner } = around;
  const id = crypto.randomUUID();
  const startedAt = Date.now();
  const cancellation = createCancellation();
  const tally = createTally(plan.hosts, settings.severityThreshold);
  const total = plan.steps.length;
  let status: ScanStatus = 'running';
  let errorMessage: string | undefined;
  let endedAt: number | undefined;
  let activity = 'Starting';
  let tellEnd = () => {};
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });

  const end = (how: keyof typeof LAST_ACTIVITIES, message?: string) => {
    if (status !== 'running') return;
    status = how;
    errorMessage = message;
    endedAt = Date.now();
    activity = LAST_ACTIVITIES[how];
    clearTimeout(deadline);
    cancellation.end();
    tellEnd();
  };
  const tooLong = `The scan took longer than ${plan.timeoutMs / 1000} s. Scan less at once, or allow more time.`;
  const deadline = setTimeout(() => end('timeout', tooLong), Math.min(plan.timeoutMs, LONGEST_TIMER_MS));

  const steps = plan.steps[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (;;) {
      const release = await slots.take();
      try {
        const step = status === 'running' ? steps.next() : undefined;
        if (step === undefined || step.done) return;
        const { host, port } = step.value;
        activity = `Trying ${host.includes(':') ? `[${host}]` : host}:${port}, ${tally.done} of ${total} done`;
        const outcome = tally.knownOf(host) ?? (await tryPort({ ...plan, host, port }, network, cancellation));
        if (status === 'running') around.onFindings(tally.take(host, outcome));
      } finally {
        release();
      }
    }
  };

  const finish = () => {
    if (tally.isHopeless()) end('failed', tally.problems().join(' '));
    else end('completed');
  };
  const workers = Array.from({ length: Math.min(settings.concurrency, total) }, work);
  Promise.all(workers).then(finish, (error: unknown) => {
    end('failed', error instanceof Error ? error.message : String(error));
  });

  const result = (): ScanResult => {
    const { statistics, ...described } = tally.describe();
    return {
      scan_id: id,
      target: request.target,
      scan_type: request.scan_type,
      status,
      start_time: new Date(startedAt).toISOString(),
      end_time: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
      duration: ((endedAt ?? Date.now()) - startedAt) / 1000,
      ...described,
      statistics: { ports_planned: total, ...statistics },
      scanner_name: scanner.name,
      scanner_version: scanner.version,
      scan_config: {
        profile: plan.profile,
        probes: [...plan.probes],
        concurrency: settings.concurrency,
        connect_timeout_ms: plan.connectTimeoutMs,
        banner_timeout_ms: plan.bannerTimeoutMs,
      },
      error_message: errorMessage,
      warnings: status === 'failed' ? [] : tally.problems(),
    };
  };

  const estimate = (): string | undefined => {
    if (status !== 'running' || tally.done === 0) return undefined;
    const left = ((Date.now() - startedAt) / tally.done) * (total - tally.done);
    return new Date(Date.now() + left).toISOString();
  };

  return {
    id,
    request,
    ended,
    cancel() {
      if (status !== 'running') return false;
      end('cancelled');
      return true;
    },
    response: () => ({
      request_id: request.request_id,
      scan_id: id,
      status,
      progress: status === 'completed' ? 100 : Math.floor((tally.done / total) * 100),
      result: result(),
      current_activity: activity,
      estimated_completion: estimate(),
      error_message: errorMessage,
      response_timestamp: new Date().toISOString(),
    }),
  };
}

const LAST_ACTIVITIES = {
  completed: 'Completed',
  cancelled: 'Cancelled',
  failed: 'Failed',
  timeout: 'Out of time',
} as const;
