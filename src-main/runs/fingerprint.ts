/**
 * Names a weakness so that it is known again in the next run: by its rule, its file and the text that shows it, not
 * by its line, which moves with every edit above it. The same text twice in a file is told apart by counting.
 */
import { createHash } from 'node:crypto';
import type { VulnerabilityResult } from '@shared/schemas';

export interface Fingerprinted {
  readonly fingerprint: string;
  readonly result: VulnerabilityResult;
}

/** Each finding says afterwards in which file it is.
 * @param file what the findings are in where they do not say so themselves. */
export function fingerprintAll(results: readonly VulnerabilityResult[], file: string): Fingerprinted[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const key = JSON.stringify([ruleOf(result), result.location?.file ?? file, shown(result)]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return {
      fingerprint: createHash('sha256').update(`${key}#${ordinal}`).digest('hex').slice(0, 32),
      result: placed(result, file),
    };
  });
}

/** The plugin's own name for the rule, in custom_fields.rule_id; the type of weakness where it has none. */
export function ruleOf({ custom_fields, vulnerability_type }: VulnerabilityResult): string {
  const own = custom_fields?.rule_id ?? custom_fields?.rule;
  return typeof own === 'string' && own.trim() !== '' ? own.trim() : vulnerability_type;
}

function shown({ evidence, title }: VulnerabilityResult): string {
  const text = (evidence ?? []).join('\n').replace(/\s+/g, ' ').trim();
  return text === '' ? title : text;
}

const placed = (result: VulnerabilityResult, file: string): VulnerabilityResult =>
  result.location?.file === undefined ? { ...result, location: { ...result.location, file } } : result;
