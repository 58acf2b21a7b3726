/** What a request asks for, checked against what is allowed: hosts, ports and how much is asked of them. */
import { type ScanRequest, SecurityError, ValidationError } from 'mcp-plugin-sdk';
import { PROFILE_NAMES, PROFILES, type ProfileName } from '../port/profiles';
import { readPorts } from '../port/read-ports';
import type { ProbeName } from '../probe/identify-service';
import type { Settings } from '../settings';
import { matchHosts } from '../target/host-pattern';
import { readTargets } from '../target/read-targets';

export interface ScanPlan {
  readonly profile: ProfileName;
  readonly probes: readonly ProbeName[];
  readonly hosts: readonly string[];
  /** All that is tried, one host after the other. */
  readonly steps: readonly { readonly host: string; readonly port: number }[];
  readonly connectTimeoutMs: number;
  readonly bannerTimeoutMs: number;
  readonly timeoutMs: number;
}

/** @throws SecurityError for a target that is not allowed. ValidationError for one that cannot be read. */
export function planScan(request: ScanRequest, settings: Settings): ScanPlan {
  const profile = profileOf(request, settings);
  const { ports, timeout_ms, banner_timeout_ms } = request.options ?? {};
  const chosen = ports === undefined || ports === null || ports === '' ? PROFILES[profile].ports : readPorts(ports);
  const targets = readTargets(request.target, settings.maxHosts).filter(({ host }) => isWanted(host, request));
  if (targets.length === 0) throw new ValidationError('The patterns of the request leave no host to be scanned.');
  refuseOthers(
    targets.map(({ host }) => host),
    settings,
  );
  const steps = targets.flatMap(({ host, port }) =>
    (port === undefined ? chosen : [port]).map((each) => ({ host, port: each })),
  );
  return {
    profile,
    probes: PROFILES[profile].probes,
    hosts: [...new Set(targets.map(({ host }) => host))],
    steps,
    connectTimeoutMs: readMilliseconds(timeout_ms, 'timeout_ms') ?? settings.connectTimeoutMs,
    bannerTimeoutMs: readMilliseconds(banner_timeout_ms, 'banner_timeout_ms') ?? settings.bannerTimeoutMs,
    timeoutMs: (request.timeout ?? 3600) * 1000,
  };
}

function profileOf({ scan_profile }: ScanRequest, { defaultProfile }: Settings): ProfileName {
  if (!scan_profile || scan_profile === 'default') return defaultProfile;
  const found = PROFILE_NAMES.find((name) => name === scan_profile);
  if (found !== undefined) return found;
  throw new ValidationError(`There is no profile "${scan_profile}". There are ${PROFILE_NAMES.join(', ')}.`);
}

function refuseOthers(hosts: readonly string[], { allowedTargets }: Settings): void {
  const isAllowed = matchHosts(allowedTargets);
  const refused = hosts.filter((host) => !isAllowed(host));
  if (refused.length === 0) return;
  const others = refused.length > 1 ? ` and ${refused.length - 1} more` : '';
  throw new SecurityError(
    `${refused[0]}${others} must not be scanned: allowed_targets names ${allowedTargets.join(', ')}. ` +
      'Add what you are allowed to scan to the configuration.',
  );
}

function isWanted(host: string, { include_patterns = [], exclude_patterns = [] }: ScanRequest): boolean {
  if (include_patterns.length > 0 && !matchHosts(include_patterns)(host)) return false;
  return !matchHosts(exclude_patterns)(host);
}

function readMilliseconds(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= 1 && value <= 60_000) return Math.round(value);
  throw new ValidationError(`options.${name} is a number of milliseconds, from 1 to 60000.`);
}
