/**
 * The configuration as the rules use it: every value present, patterns compiled. The platform has checked it against
 * config_schema; what a schema cannot say, such as whether a pattern compiles, is a problem that each analysis warns of.
 */
import type { Severity } from 'mcp-plugin-sdk';
import { type CustomPattern, type CustomPatternConfig, compilePatterns } from './custom-patterns';

/** `config_schema` of plugin.json, as a type. */
export interface StaticAnalyzerConfig {
  severity_threshold?: Severity;
  min_confidence?: number;
  disabled_rules?: string[];
  entropy_threshold?: number;
  max_file_bytes?: number;
  max_line_length?: number;
  known_tools?: string[];
  custom_patterns?: CustomPatternConfig[];
  publish_events?: boolean;
}

export interface Settings {
  readonly severityThreshold: Severity;
  readonly minConfidence: number;
  readonly disabledRules: ReadonlySet<string>;
  /** In bits per character. */
  readonly entropyThreshold: number;
  readonly maxFileBytes: number;
  readonly maxLineLength: number;
  /** Names of tools of other servers that no tool may take. */
  readonly knownTools: readonly string[];
  readonly customPatterns: readonly CustomPattern[];
  readonly publishEvents: boolean;
  /** What could not be used, each with the reason. */
  readonly problems: readonly string[];
}

export function readSettings(config: StaticAnalyzerConfig): Settings {
  const { patterns, problems } = compilePatterns(config.custom_patterns ?? []);
  return {
    severityThreshold: config.severity_threshold ?? 'low',
    minConfidence: config.min_confidence ?? 0.4,
    disabledRules: new Set(config.disabled_rules ?? []),
    entropyThreshold: config.entropy_threshold ?? 3.5,
    maxFileBytes: config.max_file_bytes ?? 2_000_000,
    maxLineLength: config.max_line_length ?? 3_000,
    knownTools: config.known_tools ?? [],
    customPatterns: patterns,
    publishEvents: config.publish_events ?? true,
    problems,
  };
}
