/** Why a file of tests has none to run, with the places to look at. */
import type { Diagnostic, TestPlace } from '@shared/contracts';
import { toWireError, type WireError } from '@shared/errors';
import { placeOf } from './place-of';

export interface BrokenTestFile {
  readonly error: WireError;
  readonly diagnostics: readonly Diagnostic[];
}

/** A mark on a place. Its range is empty, which editors take for the word that stands there. */
export const markAt = ({ file, line, column }: TestPlace, code: string, message: string): Diagnostic => ({
  source: 'test',
  file,
  range: { startLine: line, startColumn: column, endLine: line, endColumn: column },
  severity: 'error',
  code,
  message,
});

/** What was thrown while the file was loaded, where it was thrown. */
export function notLoaded(file: string, error: unknown): BrokenTestFile {
  const { message: said, data = {} } = toWireError(error);
  const { stack = '', name, message } = data as { stack?: string; name?: string; message?: string };
  const why = message === undefined ? said : `${name ?? 'Error'}: ${message}`;
  const text = `The tests of ${file} cannot be loaded. ${why}`;
  const place = placeOf(stack, file) ?? { file, line: 1, column: 1 };
  return {
    error: { code: 'tests/not-loaded', message: text },
    diagnostics: [markAt(place, 'tests/not-loaded', text)],
  };
}

export function notBuilt(file: string, diagnostics: readonly Diagnostic[]): BrokenTestFile {
  const [first] = diagnostics;
  const why = first === undefined ? '' : ` ${first.file}:${first.range.startLine} ${first.message}`;
  return { error: { code: 'tests/not-built', message: `${file} does not build.${why}` }, diagnostics };
}
