/**
 * Source maps of plugin artifacts: where a place in the bundle comes from, and keeping the map true when text is
 * inserted into the bundle. Lines and columns are 1-based outside this file, as they are in stack traces.
 */
import { decodeVlq, encodeVlq } from './vlq';

/** A source map as esbuild writes it. */
export interface SourceMapDocument {
  readonly version: number;
  readonly sources: readonly string[];
  readonly mappings: string;
  readonly [field: string]: unknown;
}

export interface SourcePosition {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** Text that was inserted into one line of the bundle. */
export interface Insertion {
  /** 1-based, as is the column; counted before any insertion. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export interface SourceMapReader {
  /** Where the text at this place of the bundle was written; undefined where no source is known. */
  originalPosition(line: number, column: number): SourcePosition | undefined;
}

interface Segment {
  readonly column: number;
  readonly source: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

function decodeLines(mappings: string): Segment[][] {
  let source = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  return mappings.split(';').map((line) => {
    let column = 0;
    const segments: Segment[] = [];
    for (const text of line.split(',')) {
      const fields = decodeVlq(text);
      column += fields[0] ?? 0;
      if (fields.length < 4) continue;
      source += fields[1] ?? 0;
      sourceLine += fields[2] ?? 0;
      sourceColumn += fields[3] ?? 0;
      segments.push({ column, source, sourceLine, sourceColumn });
    }
    return segments;
  });
}

/** Decodes the map when it is first asked. */
export function createSourceMapReader(map: SourceMapDocument): SourceMapReader {
  let lines: Segment[][] | undefined;
  return {
    originalPosition(line, column) {
      lines ??= decodeLines(map.mappings);
      const segment = lines[line - 1]?.findLast((candidate) => candidate.column < column);
      const source = segment && map.sources[segment.source];
      if (segment === undefined || source === undefined) return undefined;
      return { source, line: segment.sourceLine + 1, column: segment.sourceColumn + 1 };
    },
  };
}

function shiftLine(line: string, insertions: readonly Insertion[]): string {
  let before = 0;
  let after = 0;
  return line
    .split(',')
    .map((text) => {
      const [delta = 0, ...rest] = decodeVlq(text);
      before += delta;
      const shift = insertions.reduce((sum, { column, length }) => sum + (before >= column - 1 ? length : 0), 0);
      const fields = [before + shift - after, ...rest];
      after = before + shift;
      return fields.map(encodeVlq).join('');
    })
    .join(',');
}

/** The same map for the bundle after the insertions. */
export function insertIntoMap(map: SourceMapDocument, insertions: readonly Insertion[]): SourceMapDocument {
  const lines = map.mappings.split(';');
  for (const index of new Set(insertions.map((insertion) => insertion.line - 1))) {
    const line = lines[index];
    if (line === undefined || line === '') continue;
    lines[index] = shiftLine(
      line,
      insertions.filter((insertion) => insertion.line - 1 === index),
    );
  }
  return { ...map, mappings: lines.join(';') };
}
