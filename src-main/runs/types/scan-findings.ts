/**
 * The findings of a scan in the words of an analyzer's, so that both are shown, compared and reported in one way. The
 * contract leaves a scan's findings free in form: what says the same is taken, all else is in custom_fields.
 */
import {
  SEVERITIES,
  type Severity,
  VULNERABILITY_TYPES,
  type VulnerabilityResult,
  type VulnerabilityType,
} from '@shared/schemas';

type Free = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Free => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param response a ScanResponse, or something else that a plugin answered. */
export function findingsOfScan(response: unknown, target: string): VulnerabilityResult[] {
  const { findings } = (response as { result?: { findings?: unknown } | null } | undefined)?.result ?? {};
  return Array.isArray(findings)
    ? findings.filter(isMap).map((finding, index) => toResult(finding, target, index))
    : [];
}

const text = (...values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '');

const texts = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string');

const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === (typeof value === 'string' ? value.toLowerCase() : value));

const within = (value: unknown, most: number): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= most ? value : undefined;

const position = (value: unknown): number | undefined =>
  Number.isInteger(value) && (value as number) >= 1 ? (value as number) : undefined;

/** What is taken from these goes into fields of its own. */
const TAKEN = new Set(
  'finding_id vulnerability_id id title name description severity vulnerability_type type cvss_score cve_ids cwe_ids evidence remediation references confidence location affected_component file line column'.split(
    ' ',
  ),
);

function toResult(finding: Free, target: string, index: number): VulnerabilityResult {
  const location = isMap(finding.location) ? finding.location : finding;
  const place = text(location.file, location.path) ?? placeOf(finding) ?? target;
  const line = position(location.line);
  const column = position(location.column);
  const cvss = within(finding.cvss_score, 10);
  const confidence = within(finding.confidence, 1);
  return {
    vulnerability_id: text(finding.finding_id, finding.vulnerability_id, finding.id) ?? String(index + 1),
    title: text(finding.title, finding.name, finding.description) ?? 'A finding without a title',
    description: text(finding.description) ?? '',
    vulnerability_type:
      oneOf<VulnerabilityType>(VULNERABILITY_TYPES, finding.vulnerability_type ?? finding.type) ?? 'other',
    severity: oneOf<Severity>(SEVERITIES, finding.severity) ?? 'info',
    ...(cvss === undefined ? {} : { cvss_score: cvss }),
    cve_ids: texts(finding.cve_ids),
    cwe_ids: texts(finding.cwe_ids),
    affected_component: text(finding.affected_component, finding.service) ?? '',
    location: { file: place, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
    evidence: texts(finding.evidence),
    remediation: text(finding.remediation) ?? '',
    references: texts(finding.references),
    ...(confidence === undefined ? {} : { confidence }),
    custom_fields: Object.fromEntries(Object.entries(finding).filter(([name]) => !TAKEN.has(name))),
  };
}

/** Such as 10.20.0.4:6379. */
function placeOf({ host, address, port }: Free): string | undefined {
  const name = text(host, address);
  return name === undefined || typeof port !== 'number' ? name : `${name.includes(':') ? `[${name}]` : name}:${port}`;
}
