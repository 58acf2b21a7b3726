/** The findings of a folder's run by file, the file with the gravest and most of them first. */
import type { Finding, Run, RunSummary } from '@shared/contracts';
import { SEVERITIES, type Severity } from '@shared/schemas';

export interface FileFindings {
  readonly file: string;
  readonly count: number;
  readonly worst: Severity;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/**
 * Of a run that goes on the summary says, as it does everywhere else in the window: the run itself is as old as its
 * last reading.
 */
export function filesDone({ runId, progress }: Run, running: RunSummary | undefined): number {
  const newest = running?.runId === runId ? running.progress : progress;
  return newest?.done ?? 0;
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

export function findingsByFile(findings: readonly Finding[]): readonly FileFindings[] {
  const files = new Map<string, Record<Severity, number>>();
  for (const { result } of findings) {
    const file = result.location?.file ?? '';
    const counts = files.get(file) ?? { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
    counts[result.severity] += 1;
    files.set(file, counts);
  }
  return [...files]
    .map(([file, bySeverity]) => ({
      file,
      bySeverity,
      count: SEVERITIES.reduce((sum, severity) => sum + bySeverity[severity], 0),
      worst: SEVERITIES.find((severity) => bySeverity[severity] > 0) ?? 'info',
    }))
    .sort(
      (a, b) =>
        rank(a.worst) - rank(b.worst) ||
        b.bySeverity[b.worst] - a.bySeverity[a.worst] ||
        b.count - a.count ||
        a.file.localeCompare(b.file, 'en'),
    );
}
