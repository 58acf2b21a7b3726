/**
 * The rules of a SARIF report, gathered from the findings as they pass: the report can only name rules that were
 * met, since a plugin does not have to list its rules anywhere. What is said of a rule is the rule's own: what the
 * plugin tells of it, or what several findings of it agree in. The text of one finding stays with that finding.
 */
import type { Severity, VulnerabilityResult } from '@shared/schemas';
import { ruleOf } from './fingerprint';
import type { RuleFacts, RulesInfo } from './rules-info';
import type { SarifLevel, SarifRule } from './sarif-types';
import { createShared, type Shared } from './shared-text';

export interface SarifRules {
  /** The rule's place in the list; a new rule is added to it. */
  indexOf(result: VulnerabilityResult): { ruleId: string; ruleIndex: number };
  /** @param info What the plugin tells of its rules. */
  list(info?: RulesInfo): SarifRule[];
}

interface Gathered {
  readonly id: string;
  readonly index: number;
  readonly cwes: Set<string>;
  readonly title: Shared;
  readonly description: Shared;
  readonly remediation: Shared;
  /** Those that every finding has. */
  links: readonly string[];
  readonly isTypeOnly: boolean;
  worst: Severity;
}

export const LEVELS: Readonly<Record<Severity, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** In the middle of each severity's range of CVSS scores. */
const SCORES: Readonly<Record<Severity, number>> = { critical: 9.5, high: 8, medium: 5.5, low: 2, info: 0 };

export function createSarifRules(): SarifRules {
  const rules = new Map<string, Gathered>();
  return {
    indexOf(result) {
      const id = ruleOf(result);
      const rule = rules.get(id) ?? gather(id, result, rules.size);
      rules.set(id, rule);
      for (const cwe of result.cwe_ids ?? []) rule.cwes.add(cwe);
      rule.title.add(result.title);
      rule.description.add(result.description);
      rule.remediation.add(result.remediation);
      rule.links = rule.links.filter((link) => result.references?.includes(link));
      if (SCORES[result.severity] > SCORES[rule.worst]) rule.worst = result.severity;
      return { ruleId: id, ruleIndex: rule.index };
    },
    list: (info) => [...rules.values()].map((rule) => toRule(rule, info?.get(rule.id) ?? {})),
  };
}

const gather = (id: string, first: VulnerabilityResult, index: number): Gathered => ({
  id,
  index,
  cwes: new Set(),
  title: createShared(),
  description: createShared(),
  remediation: createShared(),
  links: (first.references ?? []).filter(isWebAddress),
  // Such a rule has findings of many titles.
  isTypeOnly: id === first.vulnerability_type,
  worst: first.severity,
});

function toRule(rule: Gathered, facts: RuleFacts): SarifRule {
  const { id, cwes, worst } = rule;
  const title = facts.title ?? (rule.isTypeOnly ? undefined : rule.title.ofAll()) ?? wordsOf(id);
  const description = facts.description ?? rule.description.ofSeveral() ?? title;
  const advice = facts.remediation ?? rule.remediation.ofSeveral() ?? description;
  const links = facts.references?.filter(isWebAddress) ?? rule.links;
  const [helpUri] = links;
  const severity = facts.severity ?? worst;
  const listed = links.map((link) => `- <${link}>`);
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title },
    fullDescription: { text: description },
    help: { text: advice, markdown: [advice, ...(listed.length > 0 ? ['', ...listed] : [])].join('\n') },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', ...[...cwes].flatMap(cweTag)],
      'security-severity': (facts.score ?? SCORES[severity]).toFixed(1),
    },
  };
}

function cweTag(cwe: string): string[] {
  const number = /^(?:CWE-)?0*(\d+)$/i.exec(cwe.trim())?.[1];
  return number === undefined ? [] : [`external/cwe/cwe-${number}`];
}

/** Such as SqlInjection. */
function nameOf(id: string): string {
  const words = id.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('') || id;
}

function wordsOf(id: string): string {
  const text = id.replaceAll('_', ' ');
  return text[0]!.toUpperCase() + text.slice(1);
}

export function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol) && !/[\s<>"{}|\\^`]/.test(text);
  } catch {
    return false;
  }
}
