/** Rules that an organisation writes in the configuration: a pattern, searched line by line outside of comments. */
import type { Severity } from 'mcp-plugin-sdk';
import type { Match, SourceRule } from './rules/rule';
import { ALL_LANGUAGES } from './text/language';
import type { SourceText } from './text/source-text';

/** An entry of `custom_patterns` in the configuration. */
export interface CustomPatternConfig {
  id: string;
  title: string;
  pattern: string;
  severity?: Severity;
  cwe?: string;
}

export type CustomPattern = SourceRule;

/** Longer lines are cut: a pattern that somebody wrote in a hurry must not stop the analysis. */
const LONGEST_LINE = 1_000;

export function compilePatterns(configs: readonly CustomPatternConfig[]): {
  patterns: CustomPattern[];
  problems: string[];
} {
  const patterns: CustomPattern[] = [];
  const problems: string[] = [];
  for (const config of configs) {
    try {
      patterns.push(compile(config));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(`The custom pattern "${config.id}" is not used: ${reason}`);
    }
  }
  return { patterns, problems };
}

/** `(a+)+` and its like take for ever on a line that almost matches. */
const NESTED_REPETITION = /\((?:[^()\\]|\\.){0,200}(?:[+*]|\{\d{0,5},\})(?:[^()\\]|\\.){0,200}\)(?:[+*]|\{\d{0,5},)/;

function compile({ id, title, pattern, severity = 'medium', cwe }: CustomPatternConfig): CustomPattern {
  if (NESTED_REPETITION.test(pattern)) {
    throw new Error(
      'it repeats a group that repeats inside, which can take for ever; bound one of the two, as in {1,50}',
    );
  }
  const expression = new RegExp(pattern, 'g');
  return {
    scans: 'source',
    id,
    title,
    description: `The pattern "${id}" of the configuration matched.`,
    severity,
    type: 'other',
    cwe_ids: cwe === undefined || cwe === '' ? [] : [cwe],
    mitre_tactics: [],
    mitre_techniques: [],
    remediation: '',
    references: [],
    confidence: 0.8,
    languages: ALL_LANGUAGES,
    find: ({ source }) => searchLines(source, expression),
  };
}

/** The first match of every line. */
function searchLines(source: SourceText, expression: RegExp): Match[] {
  const matches: Match[] = [];
  const last = source.lineOf(source.content.length);
  for (let line = 1; line <= last; line++) {
    const { start, end } = source.lineSpan(line);
    expression.lastIndex = 0;
    const found = expression.exec(source.code.slice(start, Math.min(end, start + LONGEST_LINE)));
    if (found === null || found[0] === '') continue;
    matches.push({ start: start + found.index, end: start + found.index + found[0].length });
  }
  return matches;
}
