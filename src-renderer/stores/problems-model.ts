/**
 * What is wrong as the window knows it: the host speaks of the files on disk, the editors of the texts as they stand.
 * Of a text that is not saved the newer word counts.
 */
import type { ConfigProblem, Diagnostic } from '@shared/contracts';

/** As the host's, or from what only the editor checks. */
export interface Problem extends Omit<Diagnostic, 'source'> {
  readonly source: Diagnostic['source'] | 'typescript';
}

/** What is known of the text of an open document. */
export interface TextProblems {
  readonly folder: string;
  readonly path: string;
  /** What the host said of the text, where it is not that of the file. */
  readonly checked?: readonly Diagnostic[];
  /** What the editor's own language service says. */
  readonly marked: readonly Problem[];
}

/** What is known of a configuration that is not saved. */
export interface RefusedConfiguration {
  readonly folder: string;
  readonly path: string;
  /** Why the host refused it. */
  readonly problems: readonly ConfigProblem[];
}

export type ProblemsByFolder = Readonly<Record<string, readonly Problem[]>>;

/** What a build has said of a line is not said again. */
const isKnown = (all: readonly Problem[], { file, range }: Problem) =>
  all.some((each) => each.source === 'build' && each.file === file && each.range.startLine === range.startLine);

const withText = (all: readonly Problem[], { path, checked, marked }: TextProblems): readonly Problem[] => {
  const others = checked === undefined ? all : all.filter(({ file, source }) => file !== path || source !== 'manifest');
  return [...others, ...(checked ?? []), ...marked.filter((problem) => !isKnown(all, problem))];
};

const ofRefusal = (path: string, { pointer, message, code, line = 1 }: ConfigProblem): Problem => ({
  source: 'config',
  file: path,
  severity: 'error',
  code: code ?? 'config/refused',
  message: `Not saved: ${message}`,
  range: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
  ...(pointer === '' ? {} : { pointer }),
});

/** Keeps what it was given for a folder in which no text has anything to add. */
export function mergeProblems(
  onDisk: Readonly<Record<string, readonly Diagnostic[]>>,
  texts: readonly TextProblems[],
  refused: readonly RefusedConfiguration[] = [],
): ProblemsByFolder {
  const merged: Record<string, readonly Problem[]> = { ...onDisk };
  for (const text of texts) {
    if (text.checked === undefined && text.marked.length === 0) continue;
    merged[text.folder] = withText(merged[text.folder] ?? [], text);
  }
  for (const { folder, path, problems } of refused) {
    if (problems.length === 0) continue;
    merged[folder] = [...(merged[folder] ?? []), ...problems.map((problem) => ofRefusal(path, problem))];
  }
  return merged;
}
