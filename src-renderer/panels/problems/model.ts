/** What is wrong, as the panel shows it: the gravest first, by plugin and file. */
import type { Problem } from '../../stores/problems-model';

export interface ProblemGroup {
  readonly folder: string;
  readonly plugin: string;
  readonly file: string;
  readonly diagnostics: readonly Problem[];
}

const RANK: Readonly<Record<Problem['severity'], number>> = { error: 0, warning: 1, info: 2 };

const byPlace = (a: Problem, b: Problem) =>
  RANK[a.severity] - RANK[b.severity] ||
  a.range.startLine - b.range.startLine ||
  a.range.startColumn - b.range.startColumn;

export function groupProblems(
  plugins: readonly { readonly folder: string; readonly name: string }[],
  diagnostics: Readonly<Record<string, readonly Problem[]>>,
): ProblemGroup[] {
  return plugins.flatMap(({ folder, name }) => {
    const files = new Map<string, Problem[]>();
    for (const diagnostic of diagnostics[folder] ?? []) {
      files.set(diagnostic.file, [...(files.get(diagnostic.file) ?? []), diagnostic]);
    }
    return [...files].map(([file, own]) => ({ folder, plugin: name, file, diagnostics: [...own].sort(byPlace) }));
  });
}

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly total: number;
}

/** Of the opened plugins alone. */
export function countProblems(
  plugins: readonly { readonly folder: string }[],
  diagnostics: Readonly<Record<string, readonly Problem[]>>,
): ProblemCounts {
  const all = plugins.flatMap(({ folder }) => diagnostics[folder] ?? []);
  const count = (severity: Problem['severity']) => all.filter((each) => each.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), total: all.length };
}
