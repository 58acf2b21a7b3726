/** A run's findings as a table shows them: filtered, sorted, and set against the run before. */
import type { Finding, Run } from '@shared/contracts';
import { SEVERITIES, type Severity } from '@shared/schemas';

export type FindingChange = Finding['change'] | 'gone';

export interface FindingRow {
  readonly fingerprint: string;
  readonly change: FindingChange;
  readonly severity: Severity;
  readonly title: string;
  readonly type: string;
  /** "89" for CWE-89; several are joined. */
  readonly cwe: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** 0 to 1. */
  readonly confidence: number;
  readonly finding: Finding;
}

export type FindingColumn = 'severity' | 'title' | 'type' | 'cwe' | 'location' | 'confidence';

export interface FindingSort {
  readonly column: FindingColumn;
  readonly descending: boolean;
}

export interface FindingFilter {
  readonly text: string;
  /** None chosen means all. */
  readonly severities: ReadonlySet<Severity>;
  readonly showGone: boolean;
  readonly onlyNew: boolean;
}

/** The gravest first. */
export const BY_SEVERITY: FindingSort = { column: 'severity', descending: false };
export const NO_FILTER: FindingFilter = { text: '', severities: new Set(), showGone: false, onlyNew: false };

const shortCwe = (id: string) => id.replace(/^CWE-/i, '');

function rowOf(finding: Finding, change: FindingChange): FindingRow {
  const { result, fingerprint } = finding;
  return {
    fingerprint,
    change,
    severity: result.severity,
    title: result.title,
    type: result.vulnerability_type,
    cwe: (result.cwe_ids ?? []).map(shortCwe).join(', '),
    file: result.location?.file ?? '',
    line: result.location?.line,
    column: result.location?.column,
    confidence: result.confidence ?? 1,
    finding,
  };
}

export const rowsOfRun = ({ findings, gone }: Pick<Run, 'findings' | 'gone'>): readonly FindingRow[] => [
  ...findings.map((finding) => rowOf(finding, finding.change)),
  ...gone.map((finding) => rowOf(finding, 'gone')),
];

export interface FindingCounts {
  readonly new: number;
  readonly same: number;
  readonly gone: number;
  /** There is a run to compare with. */
  readonly compared: boolean;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

export function countFindings({ findings, gone, previousRunId }: Pick<Run, 'findings' | 'gone' | 'previousRunId'>) {
  const bySeverity: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const counts = { new: 0, same: 0, gone: gone.length, compared: previousRunId !== undefined, bySeverity };
  for (const { change, result } of findings) {
    bySeverity[result.severity] += 1;
    if (change === 'new') counts.new += 1;
    else if (change === 'same') counts.same += 1;
  }
  return counts satisfies FindingCounts;
}

const searched = ({ severity, title, type, cwe, file, line, finding }: FindingRow) => {
  const { description, affected_component, evidence = [] } = finding.result;
  return [severity, title, type, `cwe-${cwe}`, `${file}:${line}`, description, affected_component, ...evidence]
    .join('\n')
    .toLowerCase();
};

export function filterFindings(rows: readonly FindingRow[], filter: FindingFilter): readonly FindingRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (row.change === 'gone' && !filter.showGone) return false;
    if (filter.onlyNew && row.change !== 'new' && row.change !== 'gone') return false;
    if (filter.severities.size > 0 && !filter.severities.has(row.severity)) return false;
    if (words.length === 0) return true;
    const text = searched(row);
    return words.every((word) => text.includes(word));
  });
}

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const byPlace = (a: FindingRow, b: FindingRow) =>
  texts.compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
const bySeverity = (a: FindingRow, b: FindingRow) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

const ORDERS: Readonly<Record<FindingColumn, (a: FindingRow, b: FindingRow) => number>> = {
  severity: bySeverity,
  title: (a, b) => texts.compare(a.title, b.title),
  type: (a, b) => texts.compare(a.type, b.type),
  cwe: (a, b) => texts.compare(a.cwe, b.cwe),
  location: byPlace,
  confidence: (a, b) => a.confidence - b.confidence,
};

/** Equal rows are in the order of severity and place, whichever way the column goes. */
export function sortFindings(rows: readonly FindingRow[], { column, descending }: FindingSort): readonly FindingRow[] {
  const order = ORDERS[column];
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * order(a, b) || bySeverity(a, b) || byPlace(a, b));
}

/** The neighbour of the selected row, going round at the ends. */
export function neighbour(rows: readonly FindingRow[], fingerprint: string | undefined, step: 1 | -1) {
  if (rows.length === 0) return undefined;
  const at = rows.findIndex((row) => row.fingerprint === fingerprint);
  if (at === -1) return step === 1 ? rows[0] : rows.at(-1);
  return rows[(at + step + rows.length) % rows.length];
}
