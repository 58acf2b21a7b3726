/** Says on the standard error what went wrong: the sentence, where it comes from, and the diagnostics behind it. */
import type { Run } from '@shared/contracts';
import { isStudioError, toWireError, type WireError } from '@shared/errors';
import { plain } from './colours';
import { diagnosticLines, diagnosticsOf } from './diagnostic-lines';
import type { Terminal } from './terminal';

const MOST_WARNINGS = 20;

export function sayFailure(error: WireError, terminal: Terminal): void {
  const { code, message, data = {} } = error;
  terminal.say(`error ${code}: ${plain(message)}`);
  if (typeof data.stack === 'string') {
    for (const line of data.stack.split('\n').filter((part) => /^\s+at /.test(part)))
      terminal.say(`    ${plain(line.trim())}`);
  }
  for (const line of diagnosticLines(diagnosticsOf(data))) terminal.say(line);
  if (Array.isArray(data.problems)) for (const line of problemLines(data.problems)) terminal.say(`    ${plain(line)}`);
}

/** Of a failure that nobody foresaw, the stack as well: it is what a report of it needs. */
export function sayError(error: unknown, terminal: Terminal): void {
  sayFailure(toWireError(error), terminal);
  if (!isStudioError(error) && error instanceof Error && error.stack !== undefined) terminal.say(error.stack);
}

export function sayWarnings({ warnings, warningCount: count }: Run, terminal: Terminal): void {
  const shown = count > MOST_WARNINGS ? warnings.slice(0, MOST_WARNINGS) : warnings;
  for (const warning of shown) terminal.say(`warning: ${plain(warning)}`);
  if (count > MOST_WARNINGS) terminal.say(`warning: … and ${count - MOST_WARNINGS} more.`);
}

const problemLines = (problems: readonly unknown[]) =>
  problems.map((problem) => {
    if (typeof problem === 'string') return problem;
    const { pointer = '', message = '' } = problem as { pointer?: string; message?: string };
    return `${pointer} ${message}`.trim();
  });
