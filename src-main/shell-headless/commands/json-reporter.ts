/** One JSON object for each request: laid out for a single sample, one a line for a folder. */
import type { FileResult } from '../../runs/file-result';
import type { RunReporter } from './run-reporter';
import type { Terminal } from './terminal';

export function createJsonReporter(terminal: Terminal, isFolder: boolean): RunReporter {
  return {
    file: (result) => terminal.write(`${JSON.stringify(toJson(result), undefined, isFolder ? undefined : 2)}\n`),
    end: async () => undefined,
  };
}

function toJson(result: FileResult) {
  const { file, request, response, events, eventsOmitted, logs, durationMs, outcome, isolation, error } = result;
  return {
    file,
    request,
    response: response ?? null,
    events,
    ...(eventsOmitted === 0 ? {} : { events_omitted: eventsOmitted }),
    logs: logs.map(({ time, level, message }) => ({ time: new Date(time).toISOString(), level, message })),
    duration_ms: Math.round(durationMs * 1000) / 1000,
    outcome,
    isolation,
    ...(error === undefined ? {} : { error }),
    ...(result.responseProblems.length === 0 ? {} : { response_problems: result.responseProblems }),
  };
}
