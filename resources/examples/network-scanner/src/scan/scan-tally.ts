/** What a scan has seen so far: ports by state, who answered, what is wrong, and the hosts that cannot be reached. */
import { type ScanResult, SEVERITIES, type Severity } from 'mcp-plugin-sdk';
import { type Finding, isAtLeast, toFindings } from '../finding';
import { assessRisk } from '../risk';
import type { PortOutcome, PortState } from './try-port';

export interface ScanTally {
  /** Ports that were tried. */
  readonly done: number;
  /** @returns What is wrong there, as far as it is bad enough to be told. */
  take(host: string, outcome: PortOutcome): readonly Finding[];
  /** What is true of all ports of the host, where that is known. */
  knownOf(host: string): PortOutcome | undefined;
  /** Whether nobody was found, nor may be. */
  isHopeless(): boolean;
  /** Why hosts could not be scanned, or not all of their ports. */
  problems(): string[];
  describe(): Pick<ScanResult, 'findings' | 'summary' | 'risk_score' | 'risk_level'> & {
    statistics: Record<string, unknown>;
  };
}

interface Placed {
  readonly host: string;
  readonly port: number;
}

export function createTally(hosts: readonly string[], threshold: Severity): ScanTally {
  const findings: Finding[] = [];
  const services: (Placed & Record<string, unknown>)[] = [];
  const counts: Record<PortState, number> = { open: 0, closed: 0, filtered: 0, unreachable: 0, denied: 0 };
  /** The last trouble with each host. */
  const troubles = new Map<string, PortOutcome>();
  const order = byPlace(hosts);
  let done = 0;

  return {
    get done() {
      return done;
    },
    take(host, { state, open, reason }) {
      counts[state]++;
      done++;
      if (reason !== undefined) troubles.set(host, { state, reason });
      if (open === undefined) return [];
      const { port, address, service } = open;
      services.push({ host, port, address, service: service.name, product: service.product, version: service.version });
      const found = toFindings(open, new Date().toISOString()).filter((each) => isAtLeast(each.severity, threshold));
      findings.push(...found);
      return found;
    },
    knownOf(host) {
      const trouble = troubles.get(host);
      // What is denied may be denied for one port only.
      return trouble?.state === 'unreachable' ? trouble : undefined;
    },
    isHopeless: () => done > 0 && counts.unreachable + counts.denied === done,
    problems: () => [...troubles].map(([host, outcome]) => describeProblem(host, outcome)),
    describe() {
      const risk = assessRisk(findings);
      const bySeverity = SEVERITIES.map((each) => [each, findings.filter(({ severity }) => severity === each).length]);
      const { open: open_ports, ...others } = counts;
      return {
        findings: [...findings].sort(order),
        summary: { findings: findings.length, by_severity: Object.fromEntries(bySeverity), open_ports },
        statistics: {
          hosts: hosts.length,
          ports_tried: done,
          open_ports,
          ...others,
          services: [...services].sort(order),
        },
        risk_score: risk.score,
        risk_level: risk.level,
      };
    },
  };
}

function describeProblem(host: string, { state, reason = '' }: PortOutcome): string {
  if (state === 'denied') return reason;
  const isName = reason === 'ENOTFOUND' || reason === 'EAI_AGAIN';
  return isName ? `The name ${host} leads to no address (${reason}).` : `${host} cannot be reached (${reason}).`;
}

/** In the order of hosts and ports, not of who answered first. */
function byPlace(hosts: readonly string[]): (one: Placed, other: Placed) => number {
  const places = new Map(hosts.map((host, place) => [host, place]));
  return (one, other) => places.get(one.host)! - places.get(other.host)! || one.port - other.port;
}
