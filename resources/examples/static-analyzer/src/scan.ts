/** Runs the rules over one text, and makes one report of what they found. What it leaves out, it says. */
import type { VulnerabilityResult } from 'mcp-plugin-sdk';
import { createDataFlow } from './code/data-flow';
import { type Reporter, toFinding } from './finding';
import { createFingerprints } from './fingerprint';
import { findTools } from './json/find-tools';
import type { ToolsList } from './json/tools-list';
import { RULES } from './rules';
import type { Match, Rule, SourceTarget } from './rules/rule';
import type { Settings } from './settings';
import { compareSeverity, isAtLeast } from './severity';
import { findSuppressions } from './suppression';
import { hasTellingName } from './text/language';
import { readText } from './text/readable-text';
import { createSourceText, type SourceText } from './text/source-text';

interface ScanInput {
  readonly filename: string;
  readonly content: string;
  /** Whether the text must be a list of tools, rather than may be. */
  readonly expectTools: boolean;
  /** `quick`: the worst rules, without data flow. `deep`: longer lines, and what is only worth a look. */
  readonly depth: 'quick' | 'standard' | 'deep';
  readonly settings: Settings;
  readonly reporter: Reporter;
}

export interface ScanOutcome {
  /** The worst first, then by place. */
  readonly findings: readonly VulnerabilityResult[];
  readonly rulesExecuted: number;
  /** Silenced by a comment. */
  readonly suppressed: number;
  readonly warnings: readonly string[];
}

/** Nobody reads more findings of one file. */
const MOST_FINDINGS = 1_000;
const LONGER_LINES_WHEN_DEEP = 10;

interface Hit {
  readonly rule: Rule;
  readonly match: Match;
}

export function scan(input: ScanInput): ScanOutcome {
  const { settings, filename, depth } = input;
  const deep = depth === 'deep';
  const line = settings.maxLineLength * (deep ? LONGER_LINES_WHEN_DEEP : 1);
  const text = readText(filename, input.content, { file: settings.maxFileBytes, line });
  if (text === undefined) {
    const warnings = [...settings.problems, `${filename} is not text, and was not read.`];
    return { findings: [], rulesExecuted: 0, suppressed: 0, warnings };
  }
  const source = createSourceText(filename, text.content, text.unread);
  const { tools, warning } = text.isCut ? {} : findTools(source, input.expectTools);
  const target = { source, flow: createDataFlow(source, depth !== 'quick'), settings, deep };
  const wanted = [...RULES, ...settings.customPatterns].filter((rule) => isWanted(rule, input));
  const rules = wanted.filter((rule) => isApplicable(rule, source, tools));
  const hits = rules.flatMap((rule) => matchesOf(rule, target, tools).map((match) => ({ rule, match })));
  const { findings, suppressed } = report(hits, source, input);
  const warnings = [...settings.problems, ...text.warnings, ...(warning === undefined ? [] : [warning])];
  if (source.language === 'unknown' && /\S/.test(text.content)) {
    warnings.push(unknownLanguage(filename, wanted.length - rules.length, wanted.length));
  }
  if (findings.length > MOST_FINDINGS) {
    warnings.push(`${filename} has ${findings.length} findings; only the ${MOST_FINDINGS} worst are reported.`);
  }
  return { findings: findings.slice(0, MOST_FINDINGS), rulesExecuted: rules.length, suppressed, warnings };
}

function isWanted(rule: Rule, { settings, depth }: ScanInput): boolean {
  if (settings.disabledRules.has(rule.id) || !isAtLeast(rule.severity, settings.severityThreshold)) return false;
  return depth !== 'quick' || isAtLeast(rule.severity, 'high');
}

const isApplicable = (rule: Rule, source: SourceText, tools: ToolsList | undefined): boolean =>
  rule.scans === 'tools' ? tools !== undefined : rule.languages.includes(source.language);

function unknownLanguage(filename: string, untried: number, count: number): string {
  const remedy = hasTellingName(filename) ? '' : ' Name the sample with its extension.';
  return `The language of ${filename} is not known: ${untried} of ${count} rules were not tried.${remedy}`;
}

function matchesOf(rule: Rule, target: SourceTarget, tools: ToolsList | undefined): Match[] {
  if (rule.scans === 'source') return rule.find(target);
  return tools === undefined ? [] : rule.find({ source: target.source, settings: target.settings, tools });
}

function report(hits: readonly Hit[], source: SourceText, { settings, reporter }: ScanInput) {
  const suppressions = findSuppressions(source);
  const ids = createFingerprints();
  const findings: VulnerabilityResult[] = [];
  let suppressed = 0;
  for (const { rule, match } of withoutRepetition(hits)) {
    const finding = toFinding(rule, match, source, ids, reporter);
    if (!isAtLeast(finding.severity, settings.severityThreshold)) continue;
    if ((finding.confidence ?? 1) < settings.minConfidence) continue;
    if (suppressions.covers(rule.id, source.lineOf(match.start))) suppressed++;
    else findings.push(finding);
  }
  findings.sort((left, right) => compareSeverity(left.severity, right.severity));
  return { findings, suppressed };
}

/** By place; what a rule says about a place within another of its matches is said already. */
function withoutRepetition(hits: readonly Hit[]): Hit[] {
  const sorted = [...hits].sort(
    (left, right) => left.match.start - right.match.start || left.match.end - right.match.end,
  );
  const ends = new Map<string, number>();
  return sorted.filter(({ rule, match }) => {
    const isRepeated = (ends.get(rule.id) ?? 0) > match.start;
    if (!isRepeated) ends.set(rule.id, match.end);
    return !isRepeated;
  });
}
