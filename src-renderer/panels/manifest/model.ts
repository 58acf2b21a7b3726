/**
 * The manifest as text. Form and JSON are two views of one text: the form only ever asks for an edit of it, and an
 * edit touches no more than the value that changed, so formatting, order and unknown fields stay as they were.
 */
import type { Diagnostic } from '@shared/contracts';
import { PERMISSIONS, type Permission } from '@shared/schemas/vocabulary';
import { applyEdits, type FormattingOptions, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser';
import { minimalEdit, type OffsetEdit } from '../../editor/minimal-edit';

export type ManifestDocument = Readonly<Record<string, unknown>>;

/** The document, or undefined where the text is no JSON object at present. */
export function parseManifest(text: string): ManifestDocument | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return errors.length === 0 && isObject ? (value as ManifestDocument) : undefined;
}

/** Where a text stops being JSON, counted from 1; undefined where it is a manifest. */
export function placeOfError(text: string): { readonly line: number; readonly column: number } | undefined {
  if (parseManifest(text) !== undefined) return undefined;
  const errors: ParseError[] = [];
  parse(text, errors);
  const before = text.slice(0, errors[0]?.offset ?? 0).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

const withValue = (text: string, path: JSONPath, value: unknown) =>
  applyEdits(text, modify(text, path, value, { formattingOptions: formattingOf(text) }));

/** Sets a value, or takes the field out where it is undefined. */
export const setValue = (text: string, path: JSONPath, value: unknown) =>
  minimalEdit(text, withValue(text, path, value));

const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];

const recordIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export interface PermissionState {
  readonly permission: Permission;
  readonly declared: boolean;
}

/** A permission counts as declared where its flag or the list has it: the platform reads both. */
export function permissionStates(document: ManifestDocument): PermissionState[] {
  const capabilities = recordIn(document.capabilities);
  const listed = stringsIn(capabilities.required_permissions);
  return PERMISSIONS.map((permission) => ({
    permission,
    declared: capabilities[permission] === true || listed.includes(permission),
  }));
}

/** Flag and list together, as one edit and one step of undo. */
export function setPermission(text: string, permission: Permission, declared: boolean): OffsetEdit | undefined {
  const listed = stringsIn(recordIn(parseManifest(text)?.capabilities).required_permissions);
  const others = listed.filter((entry) => entry !== permission);
  const list = declared ? [...others, permission] : others;
  const flagged = withValue(text, ['capabilities', permission], declared ? true : undefined);
  return minimalEdit(text, withValue(flagged, ['capabilities', 'required_permissions'], list));
}

/** Problems of the field at a pointer, and of what is inside it. */
export const problemsAt = (diagnostics: readonly Diagnostic[], pointer: string) =>
  diagnostics.filter((problem) => problem.pointer === pointer || problem.pointer?.startsWith(`${pointer}/`) === true);

export interface SchemaProperty {
  readonly name: string;
  readonly type: string;
  readonly allowed: string;
  readonly description: string;
}

const PROPERTY_TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'];

function typeOf(property: Record<string, unknown>): string {
  const { type } = property;
  if (type === 'array') {
    const items = recordIn(property.items).type;
    return typeof items === 'string' ? `array of ${items}` : 'array';
  }
  if (typeof type === 'string') return PROPERTY_TYPES.includes(type) ? type : `${type} (unknown)`;
  return Array.isArray(type) ? type.join(' or ') : 'any';
}

function allowedOf({ enum: values, minimum, maximum, pattern }: Record<string, unknown>): string {
  if (Array.isArray(values)) return values.map(String).join(', ');
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${minimum} or more`;
  if (maximum !== undefined) return `${maximum} or less`;
  return typeof pattern === 'string' ? `matches ${pattern}` : '';
}

/** The top level of config_schema, for the table. */
export function schemaProperties(document: ManifestDocument): SchemaProperty[] {
  const properties = recordIn(recordIn(document.config_schema).properties);
  return Object.entries(properties).map(([name, value]) => {
    const property = recordIn(value);
    const description = typeof property.description === 'string' ? property.description : '';
    return { name, type: typeOf(property), allowed: allowedOf(property), description };
  });
}

/** In pixels: a section whose heading is this near to the top is the one that is read. */
const NEAR = 96;

/** The section that is read, in a form that has been scrolled down so far; at its end the last. */
export function sectionAt(
  sections: readonly { readonly id: string; readonly top: number }[],
  scrolled: number,
  most: number,
): string {
  const read = sections.filter(({ top }) => top <= scrolled + NEAR);
  const at = scrolled > 0 && scrolled >= most - 1 ? sections.at(-1) : (read.at(-1) ?? sections[0]);
  return at?.id ?? '';
}
