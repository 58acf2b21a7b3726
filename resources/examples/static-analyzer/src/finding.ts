/** Makes of a rule's match what the platform calls a vulnerability. */
import type { VulnerabilityResult } from 'mcp-plugin-sdk';
import type { Fingerprints } from './fingerprint';
import type { Match, RuleInfo } from './rules/rule';
import { invisibleRuns } from './text/invisible';
import { isTestFile, type SourceText } from './text/source-text';

/** Who reports, and since when. */
export interface Reporter {
  readonly name: string;
  readonly timestamp: string;
}

/** Longer lines are cut around the match. */
const LONGEST_EVIDENCE = 240;
/** In a test a weakness is often on purpose. */
const TRUST_IN_TESTS = 0.75;

export function toFinding(
  rule: RuleInfo,
  match: Match,
  source: SourceText,
  ids: Fingerprints,
  by: Reporter,
): VulnerabilityResult {
  const line = source.lineOf(match.start);
  const shown = showLine(source, match);
  const confidence = (match.confidence ?? rule.confidence) * (isTestFile(source) ? TRUST_IN_TESTS : 1);
  return {
    vulnerability_id: ids.next(rule.id, source.filename, shown),
    title: match.title ?? rule.title,
    description: match.description === undefined ? rule.description : `${match.description} ${rule.description}`,
    vulnerability_type: rule.type,
    severity: match.severity ?? rule.severity,
    cwe_ids: [...(match.cwe_ids ?? rule.cwe_ids)],
    affected_component: match.component ?? source.filename,
    location: {
      file: source.filename,
      line,
      column: source.columnOf(match.start),
      start_pos: match.start,
      end_pos: match.end,
    },
    evidence: [shown, ...(match.evidence ?? [])],
    mitre_tactics: [...rule.mitre_tactics],
    mitre_techniques: [...rule.mitre_techniques],
    remediation: match.remediation ?? rule.remediation,
    references: [...rule.references],
    confidence: round(confidence),
    false_positive_risk: round(1 - confidence),
    analyzer_name: by.name,
    analysis_timestamp: by.timestamp,
    custom_fields: { rule_id: rule.id },
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Says where invisible characters are, so that a report does not hide what it reports. */
function showInvisible(text: string): string {
  const parts: string[] = [];
  let position = 0;
  for (const { start, end, count } of invisibleRuns(text)) {
    parts.push(text.slice(position, start), `⟦${count} invisible⟧`);
    position = end;
  }
  return parts.join('') + text.slice(position);
}

/** The line of the match, trimmed, with the secret in it blacked out. */
function showLine(source: SourceText, { start, end, hidden }: Match): string {
  const line = source.lineSpan(source.lineOf(start));
  let from = line.start;
  let to = line.end;
  if (to - from > LONGEST_EVIDENCE) {
    from = Math.max(from, start - 60);
    to = Math.min(to, Math.max(from + LONGEST_EVIDENCE, Math.min(end, start + LONGEST_EVIDENCE)));
  }
  const { content } = source;
  if (hidden === undefined || hidden.start >= to) return showInvisible(content.slice(from, to)).trim();
  const secret = content.slice(hidden.start, hidden.end);
  const visible = secret.slice(0, Math.min(4, Math.floor(secret.length / 4)));
  return `${content.slice(from, hidden.start)}${visible}…${content.slice(Math.min(hidden.end, to), to)}`.trim();
}
