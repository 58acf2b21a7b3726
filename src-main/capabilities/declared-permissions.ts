/** Which permissions a manifest asks for, and the edits that make it ask for others. */
import type { TextEdit } from '@shared/contracts';
import { PERMISSIONS, type Permission } from '@shared/schemas';
import { applyEdits, type FormattingOptions, type JSONPath, modify } from 'jsonc-parser';

/** `capabilities` of plugin.json as it stands there: any JSON. */
export type DeclaredCapabilities = unknown;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const requiredOf = (capabilities: Record<string, unknown>): unknown[] =>
  Array.isArray(capabilities.required_permissions) ? capabilities.required_permissions : [];

/** By its flag, or by required_permissions: the platform reads both. */
export function declaredPermissions(capabilities: DeclaredCapabilities): Set<Permission> {
  if (!isObject(capabilities)) return new Set();
  const required = requiredOf(capabilities);
  return new Set(
    PERMISSIONS.filter((permission) => capabilities[permission] === true || required.includes(permission)),
  );
}

/** The same block, with just these permissions; what is no permission stays as it is. */
export function withPermissions(
  capabilities: DeclaredCapabilities,
  wanted: ReadonlySet<Permission>,
): Record<string, unknown> {
  const known: readonly unknown[] = PERMISSIONS;
  const block = isObject(capabilities) ? { ...capabilities } : {};
  const unknown = requiredOf(block).filter((name) => !known.includes(name));
  const required = [...unknown, ...PERMISSIONS.filter((permission) => wanted.has(permission))];
  for (const permission of PERMISSIONS) {
    if (wanted.has(permission)) block[permission] = true;
    else delete block[permission];
  }
  if (required.length > 0) block.required_permissions = required;
  else delete block.required_permissions;
  return block;
}

function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  const usesTabs = indent.startsWith('\t');
  return { insertSpaces: !usesTabs, tabSize: usesTabs ? 1 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** One edit that makes the one text the other. */
function editBetween(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same++;
  const length = before.length - start - same;
  return [{ file: 'plugin.json', offset: start, length, text: after.slice(start, after.length - same) }];
}

const parsedCapabilities = (text: string): DeclaredCapabilities => {
  try {
    return (JSON.parse(text.replace(/^\uFEFF/, '')) as { capabilities?: unknown } | null)?.capabilities;
  } catch {
    return undefined;
  }
};

/**
 * Edits of plugin.json that change which permissions it asks for, and nothing else. None where the text is no JSON.
 * @param text of plugin.json.
 */
export function permissionEdits(
  text: string,
  change: (declared: Set<Permission>) => ReadonlySet<Permission>,
): TextEdit[] {
  const before = parsedCapabilities(text);
  if (!isObject(before) && !isPlainObjectText(text)) return [];
  const wanted = change(declaredPermissions(before));
  const after = withPermissions(before, wanted);
  const formattingOptions = formattingOf(text);
  let edited = text;
  const set = (path: JSONPath, value: unknown) => {
    edited = applyEdits(edited, modify(edited, path, value, { formattingOptions }));
  };
  if (!isObject(before)) set(['capabilities'], after);
  else {
    for (const name of [...PERMISSIONS, 'required_permissions']) {
      if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) set(['capabilities', name], after[name]);
    }
  }
  return editBetween(text, edited);
}

function isPlainObjectText(text: string): boolean {
  try {
    return isObject(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return false;
  }
}
