/** One JSON object for each request: laid out where there is one, one a line for a folder or a list. */
import type { LogEntry } from '@shared/contracts';
import type { FileResult } from '../../runs/file-result';
import type { RunReporter } from './run-reporter';
import type { Terminal } from './terminal';

export function createJsonReporter(terminal: Terminal, isFolder: boolean): RunReporter {
  const write = (result: FileResult, indent?: number) =>
    terminal.write(`${JSON.stringify(toJson(result), undefined, indent)}\n`);
  let first: FileResult | undefined;
  let count = 0;
  return {
    async file(result) {
      count++;
      if (isFolder) return write(result);
      if (count === 1) {
        first = result;
        return;
      }
      if (first !== undefined) await write(first);
      first = undefined;
      await write(result);
    },
    async end() {
      if (first !== undefined) await write(first, 2);
    },
  };
}

export const logAsJson = ({ time, level, message, fields }: LogEntry) => ({
  time: new Date(time).toISOString(),
  level,
  message,
  ...(fields === undefined ? {} : { fields }),
});

function toJson(result: FileResult) {
  const { file, request, response, events, eventsOmitted, logs, durationMs, outcome, isolation, limits, error } =
    result;
  return {
    file,
    request,
    response: response ?? null,
    events,
    ...(eventsOmitted === 0 ? {} : { events_omitted: eventsOmitted }),
    logs: logs.map(logAsJson),
    duration_ms: Math.round(durationMs * 1000) / 1000,
    outcome,
    isolation,
    limits: Object.fromEntries(
      limits.map(({ kind, unit, limit, from }) => [kind, { limit: limit ?? null, unit, from }]),
    ),
    ...(error === undefined ? {} : { error }),
    ...(result.responseProblems.length === 0 ? {} : { response_problems: result.responseProblems }),
  };
}
