/**
 * A SARIF report in the making. Results go out one by one, each as soon as it is known; rules and invocations come
 * at the end, so that a report of any length can be written without holding it.
 */
import type { Finding, Run } from '@shared/contracts';
import type { Manifest, VulnerabilityResult } from '@shared/schemas';
import semver from 'semver';
import type { RulesInfo } from './rules-info';
import { createSarifRules, isWebAddress, LEVELS } from './sarif-rules';
import type { SarifDriver, SarifInvocation, SarifRegion, SarifResult, SarifRule, SarifRunFrame } from './sarif-types';
import { artifactLocation, folderUri, SOURCE_ROOT } from './sarif-uri';

export interface SarifOptions {
  /** Absolute; what the paths in the report are relative to. */
  readonly root?: string;
  /** Where the sample's own paths start, relative to the root, with /; empty or absent: at the root. */
  readonly prefix?: string;
}

export interface SarifReport {
  result(finding: Finding): SarifResult;
  /** All but the results, once these are through. */
  frame(runs: readonly Run[], manifest: Manifest, rulesInfo?: RulesInfo): SarifRunFrame;
}

export function createSarifReport({ root, prefix = '' }: SarifOptions = {}): SarifReport {
  const rules = createSarifRules();
  return {
    result({ fingerprint, result }) {
      return {
        ...rules.indexOf(result),
        level: LEVELS[result.severity],
        message: { text: result.description || result.title },
        locations: locationsOf(result, prefix, root !== undefined),
        partialFingerprints: { 'pluginFinding/v1': fingerprint },
        rank: Math.round((result.confidence ?? 1) * 1000) / 10,
        properties: propertiesOf(result),
      };
    },
    frame: (runs, manifest, rulesInfo) => ({
      tool: { driver: driverOf(manifest, rules.list(rulesInfo)) },
      invocations: runs.map(invocationOf),
      ...(root === undefined ? {} : { originalUriBaseIds: { [SOURCE_ROOT]: { uri: folderUri(root) } } }),
      columnKind: 'utf16CodeUnits',
    }),
  };
}

function locationsOf(result: VulnerabilityResult, prefix: string, hasRoot: boolean): SarifResult['locations'] {
  const { file } = result.location ?? {};
  if (file === undefined || file === '') return [];
  const region = regionOf(result);
  const location = artifactLocation(file, prefix, hasRoot);
  return [{ physicalLocation: { artifactLocation: location, ...(region === undefined ? {} : { region }) } }];
}

function regionOf({ location = {}, evidence = [] }: VulnerabilityResult): SarifRegion | undefined {
  const { line, column, start_pos, end_pos } = location;
  const snippet = evidence[0] === undefined || evidence[0] === '' ? {} : { snippet: { text: evidence[0] } };
  if (line !== undefined)
    return { startLine: line, ...(column === undefined ? {} : { startColumn: column }), ...snippet };
  if (start_pos === undefined) return undefined;
  const length = end_pos === undefined || end_pos < start_pos ? {} : { charLength: end_pos - start_pos };
  return { charOffset: start_pos, ...length, ...snippet };
}

function propertiesOf(result: VulnerabilityResult): Record<string, unknown> {
  const { title, severity, vulnerability_type, confidence, false_positive_risk, cvss_score, remediation } = result;
  const given = {
    title,
    severity,
    vulnerability_type,
    confidence,
    false_positive_risk,
    cvss_score: cvss_score ?? undefined,
    cwe_ids: result.cwe_ids,
    cve_ids: result.cve_ids,
    mitre_techniques: result.mitre_techniques,
    remediation,
  };
  return Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function driverOf(manifest: Manifest, rules: readonly SarifRule[]): SarifDriver {
  const { name, version, author, description, documentation_url, source_url } = manifest;
  const informationUri = [documentation_url, source_url].find((url) => typeof url === 'string' && isWebAddress(url));
  return {
    name,
    version,
    ...(semver.valid(version) === null ? {} : { semanticVersion: version }),
    ...(author ? { organization: author } : {}),
    ...(informationUri ? { informationUri } : {}),
    ...(description ? { shortDescription: { text: description } } : {}),
    rules,
  };
}

function invocationOf({ outcome, error, warnings, startedAt, durationMs }: Run): SarifInvocation {
  const failure = error === undefined ? [] : [{ level: 'error' as const, message: { text: error.message } }];
  return {
    executionSuccessful: outcome === 'success',
    startTimeUtc: new Date(startedAt).toISOString(),
    endTimeUtc: new Date(startedAt + durationMs).toISOString(),
    toolExecutionNotifications: [
      ...failure,
      ...warnings.map((text) => ({ level: 'warning' as const, message: { text } })),
    ],
  };
}
