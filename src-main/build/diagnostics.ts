/** What esbuild says, as diagnostics of the plugin folder. esbuild counts columns in bytes, the studio in UTF-16. */
import type { Diagnostic, EntryPoint } from '@shared/contracts';
import type { Location, Message } from 'esbuild';
import type { RefusedImport } from './import-guard';

const startOfFile = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

function rangeOf({ line, column, length, lineText }: Location): Diagnostic['range'] {
  const bytes = Buffer.from(lineText);
  const startColumn = bytes.subarray(0, column).toString().length + 1;
  const endColumn = bytes.subarray(0, column + length).toString().length + 1;
  return { startLine: line, startColumn, endLine: line, endColumn: Math.max(endColumn, startColumn + 1) };
}

function codeOf({ detail, text }: Message): string | undefined {
  const { code } = (detail ?? {}) as Partial<RefusedImport>;
  if (typeof code === 'string') return code;
  return text.startsWith('Could not resolve') ? 'build/not-found' : undefined;
}

/** The module that exports the plugin's class from its file. Nobody wrote it, so nothing is shown there. */
export const ENTRY_MODULE = 'entry-point';

function ofEntryPoint(message: Message, severity: 'error' | 'warning', entry: EntryPoint): Diagnostic {
  const missing = message.text.startsWith('No matching export');
  return {
    source: 'build',
    file: entry.file,
    range: startOfFile,
    severity,
    code: missing ? 'build/no-class' : (codeOf(message) ?? 'build/error'),
    message: missing
      ? `entry_point names the class "${entry.className}", but ${entry.file} does not export it. ` +
        'Export the class, or correct entry_point in plugin.json.'
      : message.text,
  };
}

export function toDiagnostic(message: Message, severity: 'error' | 'warning', entry: EntryPoint): Diagnostic {
  const { location } = message;
  if (location === null || location.file === ENTRY_MODULE) return ofEntryPoint(message, severity, entry);
  return {
    source: 'build',
    file: location.file,
    range: rangeOf(location),
    severity,
    code: codeOf(message) ?? (severity === 'error' ? 'build/error' : 'build/warning'),
    message: [message.text, ...message.notes.map(({ text }) => text)].join(' '),
  };
}
