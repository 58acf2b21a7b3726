/**
 * The JSON object of a run that never began because of the plugin: it does not build or start, or its manifest is
 * refused. It has the fields of any other run, so that whatever reads the results need not look at the exit code first.
 */
import { type StudioError, toWireError } from '@shared/errors';
import { outcomeOf } from '../../runs/answer';
import type { PluginSession } from '../../services/plugin-session';
import { logAsJson } from './json-reporter';

const MOST_LINES = 5_000;
const NEVER = new AbortController().signal;

export function refusedRunText(
  error: StudioError,
  { log, status }: Pick<PluginSession, 'log' | 'status'>,
  file: string,
  durationMs: number,
): string {
  const { code, message, data } = toWireError(error);
  const shown = {
    file,
    request: null,
    response: null,
    events: [],
    logs: log.read(Math.max(0, log.lastSeq - MOST_LINES), MOST_LINES).entries.map(logAsJson),
    duration_ms: Math.round(durationMs * 1000) / 1000,
    outcome: outcomeOf(error, NEVER),
    isolation: status().isolation,
    error: { code, message, ...(data === undefined ? {} : { data }) },
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}
