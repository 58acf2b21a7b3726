/** Problems of the stored file, as the Problems panel and the editor show them. */
import type { ConfigProblem, Diagnostic } from '@shared/contracts';
import type { StoredFile } from './stored-file';

export const notWatchedDiagnostic = ({ path }: StoredFile): Diagnostic => ({
  source: 'config',
  file: path,
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  severity: 'warning',
  code: 'config/not-watched',
  message:
    'Changes of this file by other programs are not noticed now. It is read before each run; save here to apply.',
});

interface Told {
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
}

export const toDiagnostics = ({ problems, warnings }: Told, file: StoredFile): Diagnostic[] => [
  ...diagnosticsOf(problems, 'error', file),
  ...diagnosticsOf(warnings, 'warning', file),
  ...warnings.filter(({ layer }) => layer === 'defaults').map(ofManifest),
];

/** Where in plugin.json is not known here. */
const ofManifest = ({ code = 'config/invalid', message, pointer }: ConfigProblem): Diagnostic => ({
  source: 'config',
  file: 'plugin.json',
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  severity: 'warning',
  code,
  message,
  pointer: `/default_config${pointer}`,
});

function diagnosticsOf(
  problems: readonly ConfigProblem[],
  severity: Diagnostic['severity'],
  { path, text }: StoredFile,
): Diagnostic[] {
  const lines = text.split(/\r\n|\n|\r/);
  return problems
    .filter(({ layer }) => layer === 'stored')
    .map(({ code, message, pointer, line = 1, column }) => {
      const content = lines[line - 1] ?? '';
      const startColumn = column ?? content.length - content.trimStart().length + 1;
      return {
        source: 'config',
        file: path,
        range: {
          startLine: line,
          startColumn,
          endLine: line,
          endColumn: Math.max(startColumn + 1, content.length + 1),
        },
        severity,
        code: code ?? 'config/invalid',
        message,
        pointer,
      };
    });
}
