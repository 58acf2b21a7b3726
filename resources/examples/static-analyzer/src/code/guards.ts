/**
 * Checks between the input and its use that make the use safe: an allow list that ends the function, or a resolved
 * path that must stay inside a folder.
 */
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';
import type { SinkKind } from './cleaners';

const ALLOW_LIST =
  /\bif\b[^\n]{0,80}(?:\bnot\s+in\b|!\s*\w[\w.$]{0,60}\.(?:includes|has|contains|containsKey|test)\s*\(|!\s*in_array\s*\(|!\s*preg_match\s*\(|\bnot\s+re\.(?:full)?match\s*\()/g;
const CONFINED_PATH =
  /\.(?:startswith|startsWith|is_relative_to|relative_to|relativeTo)\s*\(|\bos\.path\.commonp(?:ath|refix)\b|\bstrings\.HasPrefix\s*\(|\bstr_starts_with\s*\(|\bpath\.relative\s*\(|\bfilepath\.Rel\s*\(|\bfilepath\.IsLocal\s*\(/g;

/** In characters: a check farther away is about something else. */
const FARTHEST_GUARD = 2_000;

/** @param scope the function, or the file, that the use is in. */
export function isGuarded(source: SourceText, use: Span, scope: Span, sink: SinkKind): boolean {
  const before = source.bare.slice(Math.max(scope.start, use.start - FARTHEST_GUARD), use.start);
  if (sink === 'path' && matches(CONFINED_PATH, before)) return true;
  return matches(ALLOW_LIST, before);
}

function matches(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  return expression.test(text);
}
