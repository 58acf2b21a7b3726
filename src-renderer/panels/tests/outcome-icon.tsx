/** What became of a test, as an icon; the word is for who cannot see it. */
import type { TestOutcome } from '@shared/contracts';
import { Icon } from '../../ui/icon';

const ICONS: Readonly<Record<TestOutcome, { name: string; color: string; spin?: boolean }>> = {
  none: { name: 'circle-large', color: 'var(--faint)' },
  waiting: { name: 'clock', color: 'var(--dim)' },
  running: { name: 'loading', color: 'var(--accent)', spin: true },
  passed: { name: 'pass', color: 'var(--ok)' },
  failed: { name: 'error', color: 'var(--critical)' },
  timeout: { name: 'watch', color: 'var(--critical)' },
  crashed: { name: 'flame', color: 'var(--critical)' },
  skipped: { name: 'debug-step-over', color: 'var(--dim)' },
  todo: { name: 'circle-outline', color: 'var(--dim)' },
};

export const OUTCOME_WORDS: Readonly<Record<TestOutcome, string>> = {
  none: 'not run',
  waiting: 'waiting',
  running: 'running',
  passed: 'passed',
  failed: 'failed',
  timeout: 'timed out',
  crashed: 'crashed',
  skipped: 'skipped',
  todo: 'to do',
};

export const OutcomeIcon = ({ outcome }: { readonly outcome: TestOutcome }) => <Icon {...ICONS[outcome]} />;
