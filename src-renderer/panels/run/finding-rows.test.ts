import type { Finding, Run } from '@shared/contracts';
import type { VulnerabilityResult } from '@shared/schemas';
import { describe, expect, it } from 'vitest';
import {
  BY_SEVERITY,
  countFindings,
  filterFindings,
  NO_FILTER,
  neighbour,
  rowsOfRun,
  sortFindings,
} from './finding-rows';

const finding = (
  title: string,
  result: Partial<VulnerabilityResult> = {},
  change: Finding['change'] = 'same',
): Finding => ({
  fingerprint: title,
  change,
  result: { vulnerability_id: title, title, vulnerability_type: 'other', severity: 'medium', ...result },
});

const run: Pick<Run, 'findings' | 'gone' | 'previousRunId'> = {
  findings: [
    finding('weak hash', { cwe_ids: ['CWE-916'], location: { file: 'b.py', line: 9 } }),
    finding('shell', { severity: 'critical', cwe_ids: ['CWE-78'], location: { file: 'b.py', line: 31 } }, 'new'),
    finding('sql', {
      severity: 'critical',
      cwe_ids: ['CWE-89'],
      location: { file: 'b.py', line: 17 },
      evidence: ['db.execute(q)'],
    }),
    finding('secret', { severity: 'high', confidence: 0.5, location: { file: 'a.py', line: 40 } }, 'new'),
  ],
  gone: [finding('eval', { severity: 'critical', location: { file: 'b.py', line: 3 } })],
  previousRunId: 'run-1',
};
const rows = rowsOfRun(run);
const titles = (some: readonly { title: string }[]) => some.map(({ title }) => title);

describe('the table of findings', () => {
  it('begins with the gravest, and within a severity goes by file and line', () => {
    expect(titles(sortFindings(filterFindings(rows, NO_FILTER), BY_SEVERITY))).toEqual([
      'sql',
      'shell',
      'secret',
      'weak hash',
    ]);
  });

  it('shows what is gone only when asked to', () => {
    expect(titles(filterFindings(rows, NO_FILTER))).not.toContain('eval');
    expect(titles(filterFindings(rows, { ...NO_FILTER, showGone: true }))).toContain('eval');
  });

  it('sorts CWE by number and lines as numbers, and the other way round', () => {
    expect(titles(sortFindings(rows, { column: 'cwe', descending: true })).slice(0, 3)).toEqual([
      'weak hash',
      'sql',
      'shell',
    ]);
    expect(titles(sortFindings(rows, { column: 'location', descending: false }))).toEqual([
      'secret',
      'eval',
      'weak hash',
      'sql',
      'shell',
    ]);
  });

  it('filters by words anywhere in a finding, and by severity', () => {
    expect(titles(filterFindings(rows, { ...NO_FILTER, text: 'DB.EXECUTE critical' }))).toEqual(['sql']);
    expect(titles(filterFindings(rows, { ...NO_FILTER, text: 'cwe-78' }))).toEqual(['shell']);
    expect(titles(filterFindings(rows, { ...NO_FILTER, severities: new Set(['high', 'medium']) }))).toEqual([
      'weak hash',
      'secret',
    ]);
    expect(titles(filterFindings(rows, { ...NO_FILTER, onlyNew: true }))).toEqual(['shell', 'secret']);
  });

  it('counts what is new, the same and gone since the run before', () => {
    expect(countFindings(run)).toEqual({
      new: 2,
      same: 2,
      gone: 1,
      compared: true,
      bySeverity: { critical: 2, high: 1, medium: 1, low: 0, info: 0 },
    });
  });

  it('a finding without a confidence is certain, as the contract says', () => {
    expect(rows.find(({ title }) => title === 'sql')?.confidence).toBe(1);
  });

  it('next and previous go round at the ends', () => {
    expect(neighbour(rows, 'eval', 1)?.title).toBe('weak hash');
    expect(neighbour(rows, 'weak hash', -1)?.title).toBe('eval');
    expect(neighbour(rows, undefined, 1)?.title).toBe('weak hash');
    expect(neighbour(rows, undefined, -1)?.title).toBe('eval');
    expect(neighbour([], 'sql', 1)).toBeUndefined();
  });
});
