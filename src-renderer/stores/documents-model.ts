/**
 * What can happen to an open text, as pure steps. The rule behind all of them: what the person typed is never thrown
 * away without being asked, and a text without changes of its own follows the disk.
 */
export type Conflict =
  | { readonly kind: 'changed'; readonly text: string; readonly version: string }
  /** The file is gone. */
  | { readonly kind: 'deleted' };

export interface OpenDocument {
  readonly uri: string;
  readonly folder: string;
  readonly path: string;
  /** Of the file that the text is based on. */
  readonly version: string;
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly conflict?: Conflict;
}

/** What the disk holds now; undefined where the file is gone. */
export type OnDisk = { readonly text: string; readonly version: string } | undefined;

export type DiskStep =
  | { readonly kind: 'nothing' }
  /** The disk holds what is in the editor, so it counts as saved. */
  | { readonly kind: 'settle'; readonly version: string }
  /** The disk is again what the text is based on. */
  | { readonly kind: 'calm' }
  | { readonly kind: 'follow'; readonly text: string; readonly version: string }
  | { readonly kind: 'conflict'; readonly conflict: Conflict };

/** @param text what the editor holds. */
export function stepForDisk(document: OpenDocument, text: string, disk: OnDisk): DiskStep {
  const { conflict, dirty, version } = document;
  if (disk === undefined) {
    return conflict?.kind === 'deleted' ? { kind: 'nothing' } : { kind: 'conflict', conflict: { kind: 'deleted' } };
  }
  if (disk.text === text) {
    return disk.version === version && !dirty && conflict === undefined
      ? { kind: 'nothing' }
      : { kind: 'settle', version: disk.version };
  }
  if (disk.version === version) return conflict === undefined ? { kind: 'nothing' } : { kind: 'calm' };
  if (!dirty) return { kind: 'follow', ...disk };
  return { kind: 'conflict', conflict: { kind: 'changed', ...disk } };
}

/** Without its conflict, and based on that version. */
export function basedOn(document: OpenDocument, version: string): OpenDocument {
  const { conflict: _, ...rest } = document;
  return { ...rest, version };
}

/** The version that a save must find on disk; null where it must find nothing. Only a conflict that was answered is overwritten. */
export function expectedVersion({ version, conflict }: OpenDocument, answered: boolean): string | null {
  if (conflict?.kind === 'deleted') return null;
  return conflict !== undefined && answered ? conflict.version : version;
}
