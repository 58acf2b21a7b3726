/** Where a sample's text shows its findings. A finding says its place more or less exactly; the mark uses what it can. */
import type { Finding } from '@shared/contracts';
import type { VulnerabilityResult } from '@shared/schemas';
import type { Mark } from '../../editor/marks';

interface Place {
  readonly line: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
}

/** Offsets at which lines begin. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

const textOfLine = ({ text, starts }: Lines, line: number) =>
  text.slice(starts[line - 1] ?? text.length, (starts[line] ?? text.length + 1) - 1).replace(/\r$/, '');

/** From the offsets, if they are in the text and on one line with what the line says. */
function placeByOffsets(lines: Lines, { start_pos, end_pos, line }: NonNullable<VulnerabilityResult['location']>) {
  if (start_pos === undefined || end_pos === undefined || end_pos <= start_pos || end_pos > lines.text.length) return;
  const startLine = lineAt(lines.starts, start_pos);
  if (line !== undefined && line !== startLine) return;
  const startColumn = start_pos - (lines.starts[startLine - 1] ?? 0) + 1;
  const lengthLeft = textOfLine(lines, startLine).length - startColumn + 2;
  return {
    line: startLine,
    startColumn,
    endColumn: startColumn + Math.max(1, Math.min(end_pos - start_pos, lengthLeft - 1)),
  };
}

/** The evidence, where the line holds it; else from the column, or the first letter, to the end of the line. */
function placeInLine(lines: Lines, line: number, column: number | undefined, evidence: readonly string[]): Place {
  const text = textOfLine(lines, line);
  for (const piece of evidence.map((each) => each.trim())) {
    const at = piece === '' ? -1 : text.indexOf(piece, 0);
    if (at !== -1) return { line, startColumn: at + 1, endColumn: at + 1 + piece.length };
  }
  const start = column ?? text.search(/\S/) + 1;
  if (start < 1 || start > text.length) return { line };
  return { line, startColumn: start, endColumn: text.trimEnd().length + 1 };
}

function placeOf(lines: Lines, { location, evidence = [] }: VulnerabilityResult): Place | undefined {
  if (location === undefined) return undefined;
  const exact = placeByOffsets(lines, location);
  if (exact !== undefined) return exact;
  if (location.line === undefined || location.line > lines.starts.length) return undefined;
  return placeInLine(lines, location.line, location.column, evidence);
}

export const markMessage = ({ title, cwe_ids = [], severity }: VulnerabilityResult) =>
  [title, cwe_ids[0], severity].filter(Boolean).join(' · ');

/** The dot says the severity already; alone it would say nothing new. */
const shorterOf = ({ title, cwe_ids: [cwe] = [], severity }: VulnerabilityResult): readonly string[] =>
  cwe === undefined ? [title] : [title, `${severity} · ${cwe}`, cwe];

/** @param selected fingerprint of the finding that the table has selected. */
export function marksOf(text: string, findings: readonly Finding[], selected: string | undefined): readonly Mark[] {
  const lines: Lines = { text, starts: lineStarts(text) };
  return findings.flatMap(({ result, fingerprint }) => {
    const place = placeOf(lines, result);
    if (place === undefined) return [];
    const mark: Mark = {
      ...place,
      severity: result.severity,
      message: markMessage(result),
      shorter: shorterOf(result),
    };
    return [fingerprint === selected ? { ...mark, selected: true } : mark];
  });
}

/** The finding to select when its line is clicked: the next one on that line after the selected, so that a second click moves on. */
export function findingOnLine(findings: readonly Finding[], line: number, selected: string | undefined) {
  const onLine = findings.filter(({ result }) => result.location?.line === line);
  const at = onLine.findIndex(({ fingerprint }) => fingerprint === selected);
  return onLine[(at + 1) % Math.max(1, onLine.length)];
}
