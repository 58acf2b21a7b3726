/**
 * One scan, from its start to its end. What it has found so far can be read at any time; when it is over, nothing that
 * is still under way changes it any more.
 */
import {
  type PluginNetwork,
  type ScanRequest,
  type ScanResponse,
  type ScanResult,
  type ScanStatus,
  SEVERITIES,
} from 'mcp-plugin-sdk';
import { type Finding, isAtLeast, toFindings } from '../finding';
import { assessRisk } from '../risk';
import type { Settings } from '../settings';
import { createCancellation } from './cancellation';
import type { ScanPlan } from './scan-plan';
import type { Slots } from './slots';
import { type PortOutcome, type PortState, tryPort } from './try-port';

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

export function startScanJob(request: ScanRequest, plan: ScanPlan, around: ScanSurroundings): ScanJob {
  const id = crypto.randomUUID();
  const startedAt = Date.now();
  const order = byPlace(plan.hosts);
  const cancellation = createCancellation();
  const findings: Finding[] = [];
  const services: (Placed & Record<string, unknown>)[] = [];
  const counts: Record<PortState, number> = { open: 0, closed: 0, filtered: 0, unreachable: 0, denied: 0 };
  /** Hosts of which no port can be tried, with what the first said. */
  const hopeless = new Map<string, PortOutcome>();
  let status: ScanStatus = 'running';
  let errorMessage: string | undefined;
  let endedAt: number | undefined;
  let done = 0;
  let activity = 'Starting';
  let tellEnd = () => {};
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });

  const end = (how: ScanStatus, message?: string) => {
    if (status !== 'running') return;
    status = how;
    errorMessage = message;
    endedAt = Date.now();
    activity = ACTIVITIES[how] ?? '';
    clearTimeout(deadline);
    cancellation.end();
    tellEnd();
  };
  const deadline = setTimeout(
    () =>
      end('timeout', `The scan took longer than ${plan.timeoutMs / 1000} s. Scan less at once, or allow more time.`),
    Math.min(plan.timeoutMs, LONGEST_TIMER_MS),
  );

  const take = (host: string, { state, open, reason }: PortOutcome) => {
    counts[state]++;
    done++;
    if (isHopeless({ state, reason })) hopeless.set(host, { state, reason });
    if (open === undefined) return;
    const { port, address, service } = open;
    services.push({ host, port, address, service: service.name, product: service.product, version: service.version });
    const found = toFindings(open, new Date().toISOString()).filter(({ severity }) =>
      isAtLeast(severity, around.settings.severityThreshold),
    );
    findings.push(...found);
    around.onFindings(found);
  };

  const steps = plan.steps[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let release = await around.slots.take(); ; release = await around.slots.take()) {
      const step = status === 'running' ? steps.next() : undefined;
      if (step === undefined || step.done) return release();
      const { host, port } = step.value;
      activity = `Trying ${host.includes(':') ? `[${host}]` : host}:${port}, ${done} of ${plan.steps.length} done`;
      try {
        const known = hopeless.get(host);
        const outcome = known ?? (await tryPort({ ...plan, host, port }, around.network, cancellation));
        if (status === 'running') take(host, outcome);
      } finally {
        release();
      }
    }
  };

  const finish = () => {
    const isNobodyThere = counts.unreachable + counts.denied === plan.steps.length;
    if (isNobodyThere) end('failed', describeHopeless(hopeless).join(' '));
    else end('completed');
  };
  const workers = Array.from({ length: Math.min(around.settings.concurrency, plan.steps.length) }, work);
  Promise.all(workers).then(finish, (error: unknown) => {
    end('failed', error instanceof Error ? error.message : String(error));
  });

  const result = (): ScanResult => {
    const risk = assessRisk(findings);
    const bySeverity = SEVERITIES.map((each) => [each, findings.filter(({ severity }) => severity === each).length]);
    return {
      scan_id: id,
      target: request.target,
      scan_type: request.scan_type,
      status,
      start_time: new Date(startedAt).toISOString(),
      end_time: endedAt === undefined ? undefined : new Date(endedAt).toISOString(),
      duration: ((endedAt ?? Date.now()) - startedAt) / 1000,
      findings: [...findings].sort(order),
      summary: { total: findings.length, by_severity: Object.fromEntries(bySeverity), open_ports: counts.open },
      statistics: {
        hosts: plan.hosts.length,
        ports_planned: plan.steps.length,
        ports_tried: done,
        open: counts.open,
        closed: counts.closed,
        filtered: counts.filtered,
        unreachable: counts.unreachable,
        denied: counts.denied,
        services: [...services].sort(order),
      },
      risk_score: risk.score,
      risk_level: risk.level,
      scanner_name: around.scanner.name,
      scanner_version: around.scanner.version,
      scan_config: {
        profile: plan.profile,
        probes: [...plan.probes],
        concurrency: around.settings.concurrency,
        connect_timeout_ms: plan.connectTimeoutMs,
        banner_timeout_ms: plan.bannerTimeoutMs,
      },
      error_message: errorMessage,
      warnings: status === 'failed' ? [] : describeHopeless(hopeless),
    };
  };

  const estimate = (): string | undefined => {
    if (status !== 'running' || done === 0) return undefined;
    const left = ((Date.now() - startedAt) / done) * (plan.steps.length - done);
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
      progress: status === 'completed' ? 100 : Math.floor((done / plan.steps.length) * 100),
      result: result(),
      current_activity: activity,
      estimated_completion: estimate(),
      error_message: errorMessage,
      response_timestamp: new Date().toISOString(),
    }),
  };
}

/** A timer takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const ACTIVITIES: Partial<Record<ScanStatus, string>> = {
  completed: 'Completed',
  cancelled: 'Cancelled',
  failed: 'Failed',
  timeout: 'Out of time',
};

/** What is true of all ports of a host: it is not to be found, or the scan may not go there. */
const isHopeless = ({ state, reason }: PortOutcome): boolean =>
  state === 'denied' || (state === 'unreachable' && reason !== undefined);

const describeHopeless = (hosts: ReadonlyMap<string, PortOutcome>): string[] =>
  [...hosts].map(([host, { state, reason = '' }]) => {
    if (state === 'denied') return reason;
    const isName = reason === 'ENOTFOUND' || reason === 'EAI_AGAIN';
    return isName ? `The name ${host} leads to no address (${reason}).` : `${host} cannot be reached (${reason}).`;
  });

interface Placed {
  readonly host: string;
  readonly port: number;
}

/** In the order of hosts and ports, not of who answered first. */
function byPlace(hosts: readonly string[]): (one: Placed, other: Placed) => number {
  const places = new Map(hosts.map((host, place) => [host, place]));
  return (one, other) => places.get(one.host)! - places.get(other.host)! || one.port - other.port;
}
