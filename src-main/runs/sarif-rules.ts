/**
 * The rules of a SARIF report, gathered from the findings as they pass: the report can only name rules that were
 * met, since a plugin does not have to list its rules anywhere.
 */
import type { Severity, VulnerabilityResult } from '@shared/schemas';
import { ruleOf } from './fingerprint';
import type { SarifLevel, SarifRule } from './sarif-types';

export interface SarifRules {
  /** The rule's place in the list; a new rule is added to it. */
  indexOf(result: VulnerabilityResult): { ruleId: string; ruleIndex: number };
  list(): SarifRule[];
}

interface Gathered {
  readonly id: string;
  readonly first: VulnerabilityResult;
  readonly index: number;
  readonly cwes: Set<string>;
  severity: number;
  level: SarifLevel;
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
const LEVEL_ORDER: readonly SarifLevel[] = ['note', 'warning', 'error'];

export function createSarifRules(): SarifRules {
  const rules = new Map<string, Gathered>();
  return {
    indexOf(result) {
      const id = ruleOf(result);
      const rule = rules.get(id) ?? {
        id,
        first: result,
        index: rules.size,
        cwes: new Set<string>(),
        severity: 0,
        level: 'note' as const,
      };
      rules.set(id, rule);
      for (const cwe of result.cwe_ids ?? []) rule.cwes.add(cwe);
      rule.severity = Math.max(rule.severity, result.cvss_score ?? SCORES[result.severity]);
      rule.level = worse(rule.level, LEVELS[result.severity]);
      return { ruleId: id, ruleIndex: rule.index };
    },
    list: () => [...rules.values()].map(toRule),
  };
}

const worse = (a: SarifLevel, b: SarifLevel) => (LEVEL_ORDER.indexOf(a) >= LEVEL_ORDER.indexOf(b) ? a : b);

function toRule({ id, first, cwes, severity, level }: Gathered): SarifRule {
  const { title, description, remediation, references = [] } = first;
  // A rule that is only a type of weakness has findings of many titles.
  const short = id === first.vulnerability_type ? wordsOf(id) : title;
  const advice = remediation || description || title;
  const helpUri = references.find(isWebAddress);
  const links = references.filter(isWebAddress).map((link) => `- <${link}>`);
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: short },
    fullDescription: { text: description || title },
    help: { text: advice, markdown: [advice, ...(links.length > 0 ? ['', ...links] : [])].join('\n') },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level },
    properties: { tags: ['security', ...[...cwes].flatMap(cweTag)], 'security-severity': severity.toFixed(1) },
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
