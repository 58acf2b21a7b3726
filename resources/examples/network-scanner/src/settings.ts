/** The configuration as the rest uses it: every value present. */
import type { Severity } from 'mcp-plugin-sdk';
import type { ProfileName } from './port/profiles';

/** `config_schema` of plugin.json, as a type. */
export interface NetworkScannerConfig {
  allowed_targets?: string[];
  default_profile?: ProfileName;
  concurrency?: number;
  connect_timeout_ms?: number;
  banner_timeout_ms?: number;
  max_hosts?: number;
  max_scans?: number;
  severity_threshold?: Severity;
  publish_findings?: boolean;
}

export interface Settings {
  readonly allowedTargets: readonly string[];
  readonly defaultProfile: ProfileName;
  readonly concurrency: number;
  readonly connectTimeoutMs: number;
  readonly bannerTimeoutMs: number;
  readonly maxHosts: number;
  readonly maxScans: number;
  readonly severityThreshold: Severity;
  readonly publishFindings: boolean;
}

export function readSettings(config: NetworkScannerConfig): Settings {
  return {
    allowedTargets: config.allowed_targets ?? ['127.0.0.1/32', '::1', 'localhost'],
    defaultProfile: config.default_profile ?? 'quick',
    concurrency: config.concurrency ?? 32,
    connectTimeoutMs: config.connect_timeout_ms ?? 1500,
    bannerTimeoutMs: config.banner_timeout_ms ?? 1000,
    maxHosts: config.max_hosts ?? 256,
    maxScans: config.max_scans ?? 4,
    severityThreshold: config.severity_threshold ?? 'info',
    publishFindings: config.publish_findings ?? true,
  };
}
