/** What permissions give to say in Problems: a denial where it was met, and what is asked for and never used. */
import type { Diagnostic, Range } from '@shared/contracts';
import type { Permission } from '@shared/schemas';
import { createManifestDocument, MANIFEST_FILE } from '../manifest/manifest-document';
import { permissionEdits } from './declared-permissions';
import type { DenialReason, DeniedAccess } from './denial';

export interface Denial extends DeniedAccess {
  readonly reason: DenialReason;
  readonly message: string;
}

const START: Range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

/** @param manifestText of plugin.json as it is on the disk; without it nothing can be mended. */
export function denialDiagnostic(denial: Denial, manifestText: string | undefined): Diagnostic {
  const { permission, site, reason, message } = denial;
  const edits =
    reason === 'undeclared' && manifestText !== undefined
      ? permissionEdits(manifestText, (declared) => new Set([...declared, permission]))
      : [];
  return {
    source: 'runtime',
    file: site?.file ?? MANIFEST_FILE,
    range:
      site === undefined
        ? START
        : { startLine: site.line, startColumn: site.column, endLine: site.line, endColumn: site.column + 1 },
    severity: 'error',
    code: 'capabilities/denied',
    message,
    ...(edits.length > 0 ? { fixes: [{ title: `Allow ${permission} in plugin.json`, edits }] } : {}),
  };
}

export function unusedDiagnostics(unused: readonly Permission[], manifestText: string): Diagnostic[] {
  const document = createManifestDocument(manifestText);
  const required = document.value?.capabilities as { required_permissions?: unknown } | undefined;
  return unused.map((permission) => {
    const list = Array.isArray(required?.required_permissions) ? required.required_permissions : [];
    const flag = `/capabilities/${permission}`;
    const pointer =
      document.nodeAt(flag) === undefined ? `/capabilities/required_permissions/${list.indexOf(permission)}` : flag;
    const edits = permissionEdits(manifestText, (declared) => {
      declared.delete(permission);
      return declared;
    });
    return {
      source: 'manifest',
      file: MANIFEST_FILE,
      range: document.rangeOf(document.nearest(pointer) ?? { offset: 0, length: 0 }),
      severity: 'warning',
      code: 'manifest/unused-permission',
      message: `"${permission}" is asked for, but no run has used it since the plugin was opened. Remove it where no input needs it.`,
      pointer,
      ...(edits.length > 0 ? { fixes: [{ title: `Remove ${permission}`, edits }] } : {}),
    };
  });
}
