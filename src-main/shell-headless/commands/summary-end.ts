/** What the last line of a text report ends with, whatever the type of the plugin. */
import { OUTCOME_WORDS, type Run } from '@shared/contracts';

/** @param isolation Empty where nothing ran. */
export function summaryEnd(
  { outcome, durationMs, warningCount }: Run,
  isolation: string,
  loggedErrors: number,
): string {
  return [
    `${(durationMs / 1000).toFixed(2)} s`,
    isolation || 'not started',
    ...(outcome === 'success' ? [] : [OUTCOME_WORDS[outcome]]),
    ...(warningCount === 0 ? [] : [amount(warningCount, 'warning')]),
    ...(loggedErrors === 0 ? [] : [`${amount(loggedErrors, 'error')} logged`]),
  ].join(', ');
}

export const amount = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
