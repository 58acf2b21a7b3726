/** Says on the standard error what went wrong: the sentence, where it comes from, and the diagnostics behind it. */
import type { Run } from '@shared/contracts';
import { cutText } from '@shared/contracts/runner-limits';
import { type ErrorData, isStudioError, toWireError, type WireError } from '@shared/errors';
import { plain } from './colours';
import { diagnosticLines, diagnosticsOf } from './diagnostic-lines';
import type { LoggedErrors } from './run-verdict';
import type { Terminal } from './terminal';

const MOST_WARNINGS = 20;
const LONGEST_QUOTE = 500;

export function sayFailure(error: WireError, terminal: Terminal): void {
  const { code, message, data = {} } = error;
  terminal.say(`error ${code}: ${plain(message)}`);
  for (const line of stackLines(data)) terminal.say(line);
  for (const line of diagnosticLines(diagnosticsOf(data))) terminal.say(line);
  if (Array.isArray(data.problems)) for (const line of problemLines(data.problems)) terminal.say(`    ${plain(line)}`);
}

/** Of a failure whose sentence the report has: where in the plugin it was. */
export function sayPlace({ code, data = {} }: WireError, terminal: Terminal): void {
  const lines = stackLines(data);
  if (lines.length > 0) terminal.say([`error ${code}`, ...lines].join('\n'));
}

function stackLines({ stack }: ErrorData): string[] {
  if (typeof stack !== 'string') return [];
  const lines = stack.split('\n').filter((part) => /^\s+at /.test(part));
  return lines.map((line) => `    ${plain(line.trim())}`);
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

export function sayLoggedErrors({ count, first }: LoggedErrors, terminal: Terminal): void {
  if (first === undefined) return;
  const rest = count > 1 ? `${count} errors, first` : 'an error';
  terminal.say(`warning: the plugin logged ${rest}: ${plain(cutText(first, LONGEST_QUOTE))}`);
}

const problemLines = (problems: readonly unknown[]) =>
  problems.map((problem) => {
    if (typeof problem === 'string') return problem;
    const { pointer = '', message = '' } = problem as { pointer?: string; message?: string };
    return `${pointer} ${message}`.trim();
  });
