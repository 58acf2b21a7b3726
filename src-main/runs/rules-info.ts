/**
 * What an analyzer tells of its rules by get_rules_info. The contract leaves its shape open: a list of rules, or rules by
 * their ids, alone or under "rules". Whatever of it cannot be read is as if it had not been said.
 */
import { SEVERITIES, type Severity } from '@shared/schemas';

export interface RuleFacts {
  readonly title?: string;
  readonly description?: string;
  readonly remediation?: string;
  readonly references?: readonly string[];
  readonly severity?: Severity;
  /** As of CVSS, 0 to 10. */
  readonly score?: number;
}

/** By id. */
export type RulesInfo = ReadonlyMap<string, RuleFacts>;

export function readRulesInfo(value: unknown): RulesInfo {
  const rules = isRecord(value) && value.rules !== undefined ? value.rules : value;
  const named = Array.isArray(rules)
    ? rules.map((rule: unknown) => [idOf(rule), rule] as const)
    : Object.entries(isRecord(rules) ? rules : {});
  return new Map(
    named.flatMap(([id, rule]) => (id !== undefined && isRecord(rule) ? [[id, factsOf(rule)] as const] : [])),
  );
}

function factsOf(rule: Record<string, unknown>): RuleFacts {
  const { references, cvss_score: score } = rule;
  const severity = SEVERITIES.find((known) => known === rule.severity);
  const texts = { title: rule.title ?? rule.name, description: rule.description, remediation: rule.remediation };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => isText(text))),
    ...(Array.isArray(references) ? { references: references.filter(isText) } : {}),
    ...(severity === undefined ? {} : { severity }),
    ...(typeof score === 'number' && score >= 0 && score <= 10 ? { score } : {}),
  };
}

const idOf = (rule: unknown) => (isRecord(rule) ? [rule.id, rule.rule_id].find(isText) : undefined);

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
