/** Diagnostics as lines that editors and people can follow: file:line:column severity code message, then the remedy. */
import type { Diagnostic } from '@shared/contracts';
import { plain } from './colours';

export function diagnosticLines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.flatMap(({ file, range, severity, code, message, fixes = [] }) => [
    `${file}:${range.startLine}:${range.startColumn} ${severity} ${code} ${plain(message)}`,
    ...fixes.map(({ title }) => `    fix: ${plain(title)}`),
  ]);
}

/** Those that an error brings along. */
export function diagnosticsOf(data: { readonly diagnostics?: unknown }): readonly Diagnostic[] {
  return Array.isArray(data.diagnostics) ? (data.diagnostics as Diagnostic[]) : [];
}
