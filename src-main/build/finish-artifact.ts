/**
 * From esbuild's output to what a runner loads: refused text escaped, the map kept true. What the sandbox could not load
 * is a diagnostic where it was written.
 */
import { createHash } from 'node:crypto';
import type { Diagnostic } from '@shared/contracts';
import {
  type Artifact,
  createSourceMapReader,
  type Insertion,
  insertIntoMap,
  type SourceMapDocument,
} from '../runtime';
import type { PlanEscapes } from './escape-planner';
import { applyEdits, type Edit } from './escape-refused-text';
import { positionAt } from './text-position';

export interface Bundle {
  readonly code: string;
  readonly readMap: () => SourceMapDocument;
  /** Changes whenever code or map do. */
  readonly hash: string;
}

export type Finished =
  | { readonly kind: 'artifact'; readonly artifact: Artifact }
  | { readonly kind: 'refused'; readonly diagnostics: Diagnostic[] }
  /** The bundle has to be made again with templates written out as calls. */
  | { readonly kind: 'lower-templates' };

const insertionOf = (code: string, edit: Edit): Insertion => {
  const { line, column } = positionAt(code, edit.offset + edit.length);
  return { line, column, length: edit.text.length - edit.length };
};

function refusedAt({ code, readMap }: Bundle, offset: number, entryFile: string): Diagnostic {
  const { line, column } = positionAt(code, offset);
  const origin = createSourceMapReader(readMap()).originalPosition(line, column);
  const startLine = origin?.line ?? 1;
  const startColumn = origin?.column ?? 1;
  return {
    source: 'build',
    file: origin?.source ?? entryFile,
    range: { startLine, startColumn, endLine: startLine, endColumn: startColumn + 'import'.length },
    severity: 'error',
    code: 'build/dynamic-import',
    message:
      'The sandbox loads no code while it runs, so import() of a computed name is refused. Import what you need at ' +
      'the top of the file; a private method cannot be named #import.',
  };
}

export async function finishArtifact(
  bundle: Bundle,
  planEscapes: PlanEscapes,
  { url, className, entryFile }: { url: string; className: string; entryFile: string },
): Promise<Finished> {
  const { edits, inTaggedTemplate, refused } = await planEscapes(bundle.code);
  if (inTaggedTemplate) return { kind: 'lower-templates' };
  if (refused.length > 0) {
    return { kind: 'refused', diagnostics: refused.map((offset) => refusedAt(bundle, offset, entryFile)) };
  }
  const code = applyEdits(bundle.code, edits);
  const sourceHash = createHash('sha256').update(`${className}\0${bundle.hash}`).digest('hex');
  return { kind: 'artifact', artifact: { code, url, className, sourceHash, readMap: mapAfter(bundle, edits) } };
}

/** The map is read when it is first needed: when something goes wrong. */
const mapAfter =
  ({ code, readMap }: Bundle, edits: readonly Edit[]) =>
  () =>
    insertIntoMap(
      readMap(),
      edits.map((edit) => insertionOf(code, edit)),
    );
