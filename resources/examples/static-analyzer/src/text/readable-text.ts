/** Decides how much of a text is read, and says what is not: a scan that skips in silence looks like a clean one. */
import { languageOf } from './language';
import type { Span } from './span';

interface ReadableText {
  readonly content: string;
  /** Whether the end was cut off. */
  readonly isCut: boolean;
  /** Lines that nobody wrote by hand: only credentials are searched there. */
  readonly unread: readonly Span[];
  readonly warnings: readonly string[];
}

interface ReadingLimits {
  /** In characters. */
  readonly file: number;
  readonly line: number;
}

/** @returns undefined where it is no text. */
export function readText(filename: string, whole: string, limits: ReadingLimits): ReadableText | undefined {
  if (whole.slice(0, 8_000).includes('\u0000')) return undefined;
  const warnings: string[] = [];
  const isCut = whole.length > limits.file;
  if (isCut) {
    warnings.push(
      `${filename} has ${whole.length} characters; only the first ${limits.file} were read (max_file_bytes).`,
    );
  }
  const content = isCut ? whole.slice(0, limits.file) : whole;
  const unread = languageOf(filename, content) === 'json' ? [] : longLines(content, limits.line);
  if (unread.length > 0) {
    const lines = unread.length === 1 ? '1 line' : `${unread.length} lines`;
    warnings.push(
      `${filename} has ${lines} of more than ${limits.line} characters; only credentials were searched there (max_line_length).`,
    );
  }
  return { content, isCut, unread, warnings };
}

function longLines(content: string, limit: number): Span[] {
  const long: Span[] = [];
  for (let start = 0; start < content.length; ) {
    const lineBreak = content.indexOf('\n', start);
    const end = lineBreak < 0 ? content.length : lineBreak;
    if (end - start > limit) long.push({ start, end });
    start = end + 1;
  }
  return long;
}
