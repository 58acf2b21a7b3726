/** Runs the rules over one text. What it leaves out, it says. */
import type { VulnerabilityResult } from 'mcp-plugin-sdk';
import { createDataFlow } from './code/data-flow';
import { type Reporter, toFinding } from './finding';
import { createFingerprints } from './fingerprint';
import { JsonError, parseJson } from './json/parse-json';
import { readToolsList, type ToolsList } from './json/tools-list';
import { RULES } from './rules';
import type { Match, Rule, SourceTarget } from './rules/rule';
import type { Settings } from './settings';
import { compareSeverity, isAtLeast } from './severity';
import { findSuppressions } from './suppression';
import { createSourceText, type SourceText } from './text/source-text';
import type { Span } from './text/span';

export type Depth = 'quick' | 'standard' | 'deep';

export interface ScanInput {
  readonly filename: string;
  readonly content: string;
  /** Whether the text must be a list of tools, rather than may be. */
  readonly expectTools: boolean;
  /** `quick`: the worst rules, without data flow. `deep`: also what is only worth a look. */
  readonly depth: Depth;
  readonly settings: Settings;
  readonly reporter: Reporter;
}

export interface ScanOutcome {
  /** The worst first, then by place. */
  readonly findings: readonly VulnerabilityResult[];
  readonly rulesExecuted: number;
  readonly suppressed: number;
  readonly warnings: readonly string[];
}

export function scan(input: ScanInput): ScanOutcome {
  const { settings, filename } = input;
  const warnings: string[] = [...settings.problems];
  if (looksBinary(input.content)) {
    return {
      findings: [],
      rulesExecuted: 0,
      suppressed: 0,
      warnings: [...warnings, `${filename} is not text, and was not read.`],
    };
  }
  const content = withinLimit(input, warnings);
  const source = createSourceText(filename, content, longLines(input, content, warnings));
  const tools = content.length === input.content.length ? findTools(source, input.expectTools, warnings) : undefined;
  const target: SourceTarget = {
    source,
    flow: createDataFlow(source, input.depth !== 'quick'),
    settings,
    deep: input.depth === 'deep',
  };
  const rules = [...RULES, ...settings.customPatterns].filter((rule) => isApplicable(rule, input, source, tools));
  const matches = rules.flatMap((rule) => matchesOf(rule, target, tools).map((match) => ({ rule, match })));
  return { ...report(matches, source, input), rulesExecuted: rules.length, warnings };
}

function isApplicable(
  rule: Rule,
  { settings, depth }: ScanInput,
  source: SourceText,
  tools: ToolsList | undefined,
): boolean {
  if (settings.disabledRules.has(rule.id) || !isAtLeast(rule.severity, settings.severityThreshold)) return false;
  if (depth === 'quick' && !isAtLeast(rule.severity, 'high')) return false;
  return rule.scans === 'tools' ? tools !== undefined : rule.languages.includes(source.language);
}

function matchesOf(rule: Rule, target: SourceTarget, tools: ToolsList | undefined): Match[] {
  if (rule.scans === 'source') return rule.find(target);
  return tools === undefined ? [] : rule.find({ source: target.source, settings: target.settings, tools });
}

function report(
  matches: readonly { rule: Rule; match: Match }[],
  source: SourceText,
  { settings, reporter }: ScanInput,
) {
  const suppressions = findSuppressions(source);
  const ids = createFingerprints();
  const findings: VulnerabilityResult[] = [];
  let suppressed = 0;
  for (const { rule, match } of inOrder(matches)) {
    const finding = toFinding(rule, match, source, ids, reporter);
    if (!isAtLeast(finding.severity, settings.severityThreshold) || (finding.confidence ?? 1) < settings.minConfidence)
      continue;
    if (suppressions.covers(rule.id, source.lineOf(match.start))) suppressed++;
    else findings.push(finding);
  }
  findings.sort((left, right) => compareSeverity(left.severity, right.severity));
  return { findings, suppressed };
}

/** By place; what two patterns of a rule say about the same place is said once. */
function inOrder(matches: readonly { rule: Rule; match: Match }[]): { rule: Rule; match: Match }[] {
  const sorted = [...matches].sort(
    (left, right) => left.match.start - right.match.start || left.match.end - right.match.end,
  );
  const ends = new Map<string, number>();
  return sorted.filter(({ rule, match }) => {
    const covered = (ends.get(rule.id) ?? 0) > match.start;
    if (!covered) ends.set(rule.id, match.end);
    return !covered;
  });
}

const looksBinary = (content: string): boolean => content.slice(0, 8_000).includes('\u0000');

function withinLimit({ content, filename, settings }: ScanInput, warnings: string[]): string {
  if (content.length <= settings.maxFileBytes) return content;
  warnings.push(
    `${filename} has ${content.length} characters; only the first ${settings.maxFileBytes} were read (max_file_bytes).`,
  );
  return content.slice(0, settings.maxFileBytes);
}

/** Lines that no person wrote: only credentials are searched in them, unless the analysis is deep. */
function longLines({ depth, filename, settings }: ScanInput, content: string, warnings: string[]): Span[] {
  const limit = depth === 'deep' ? settings.maxLineLength * 10 : settings.maxLineLength;
  const long: Span[] = [];
  for (let start = 0; start < content.length; ) {
    const lineBreak = content.indexOf('\n', start);
    const end = lineBreak < 0 ? content.length : lineBreak;
    if (end - start > limit) long.push({ start, end });
    start = end + 1;
  }
  if (long.length > 0) {
    const lines = long.length === 1 ? '1 line' : `${long.length} lines`;
    warnings.push(
      `${filename} has ${lines} of more than ${limit} characters; only credentials were searched there (max_line_length).`,
    );
  }
  return long;
}

function findTools(source: SourceText, expected: boolean, warnings: string[]): ToolsList | undefined {
  if (!expected && (source.language !== 'json' || !/"(?:tools|inputSchema)"/.test(source.content))) return undefined;
  try {
    const tools = readToolsList(parseJson(source.content));
    if (tools === undefined && expected)
      warnings.push(`${source.filename} is no answer to tools/list: it has no list "tools" of objects with a name.`);
    return tools;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const place = `line ${source.lineOf(error.position)}, column ${source.columnOf(error.position)}`;
    warnings.push(`${source.filename} is not valid JSON (${place}): ${error.message}. Its tools were not checked.`);
    return undefined;
  }
}
