/**
 * `studio-ignore` in a comment silences the line it is on, or the next line where it has a line of its own; with rule
 * ids after it, only those rules. Silenced findings are counted, so that a report says what it leaves out.
 */
import type { SourceText } from './text/source-text';

interface Suppressions {
  covers(ruleId: string, line: number): boolean;
}

const COMMENT = /studio-ignore\b[ \t:]{0,4}([a-z][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z][a-z0-9-]*)*)?/g;

export function findSuppressions(source: SourceText): Suppressions {
  /** Per line the rules that are silenced there; an empty list silences all. */
  const lines = new Map<number, string[][]>();
  for (const { start, end } of source.tokens.comments) {
    COMMENT.lastIndex = 0;
    const text = source.content.slice(start, end);
    for (let found = COMMENT.exec(text); found !== null; found = COMMENT.exec(text)) {
      const at = source.lineOf(start + found.index);
      const line = standsAlone(source, at) ? at + 1 : at;
      const rules = found[1] === undefined ? [] : found[1].split(',').map((rule) => rule.trim());
      lines.set(line, [...(lines.get(line) ?? []), rules]);
    }
  }
  return {
    covers: (ruleId, line) => lines.get(line)?.some((rules) => rules.length === 0 || rules.includes(ruleId)) ?? false,
  };
}

/** Whether the line holds nothing but the comment. */
function standsAlone(source: SourceText, line: number): boolean {
  const { start, end } = source.lineSpan(line);
  return source.code.slice(start, end).trim() === '';
}
