/**
 * What a rule is. A rule says what it looks for in words that a report can print, and finds the places; what becomes
 * of them (threshold, suppression, event) is not its business. A rule keeps no state: the same text gives the same
 * matches.
 */
import type { MitreTactic, Severity, VulnerabilityType } from 'mcp-plugin-sdk';
import type { DataFlow } from '../code/data-flow';
import type { ToolsList } from '../json/tools-list';
import type { Settings } from '../settings';
import type { Language } from '../text/language';
import type { SourceText } from '../text/source-text';
import type { Span } from '../text/span';

export interface RuleInfo {
  /** Names the rule in the configuration and in `studio-ignore` comments. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The worst that a match can be. */
  readonly severity: Severity;
  readonly type: VulnerabilityType;
  readonly cwe_ids: readonly string[];
  readonly mitre_tactics: readonly MitreTactic[];
  readonly mitre_techniques: readonly string[];
  readonly remediation: string;
  readonly references: readonly string[];
  /** How sure a match is where it does not say otherwise, 0 to 1. */
  readonly confidence: number;
}

/** Where a rule matched, and what is special about this match. Anything left out is as the rule says. */
export interface Match extends Span {
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  readonly confidence?: number;
  readonly cwe_ids?: readonly string[];
  readonly remediation?: string;
  /** Shown after the line itself. */
  readonly evidence?: readonly string[];
  /** A part of the line that must not be shown, such as a secret. */
  readonly hidden?: Span;
  /** The part of the target that is affected, where it is not the file. */
  readonly component?: string;
}

export interface SourceTarget {
  readonly source: SourceText;
  readonly flow: DataFlow;
  readonly settings: Settings;
  /** Also report what is only worth a look. */
  readonly deep: boolean;
}

export interface ToolsTarget {
  readonly source: SourceText;
  readonly tools: ToolsList;
  readonly settings: Settings;
}

export interface SourceRule extends RuleInfo {
  readonly scans: 'source';
  /** Languages that the rule understands. */
  readonly languages: readonly Language[];
  find(target: SourceTarget): Match[];
}

/** Looks at the answer of an MCP server to tools/list. */
export interface ToolsRule extends RuleInfo {
  readonly scans: 'tools';
  find(target: ToolsTarget): Match[];
}

export type Rule = SourceRule | ToolsRule;
