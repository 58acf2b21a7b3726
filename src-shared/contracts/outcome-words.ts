/** How a run has ended, in the words that the window and the command line share. */
import type { RunSummary } from './runs';

export const OUTCOME_WORDS: Readonly<Record<RunSummary['outcome'], string>> = {
  running: 'running',
  success: 'done',
  'plugin-error': 'failed',
  'invalid-response': 'invalid response',
  timeout: 'timed out',
  crashed: 'crashed',
  cancelled: 'stopped',
};
