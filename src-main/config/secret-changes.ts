/** What may be kept as a secret, and how one is taken out of a file without changing anything else in it. */
import { StudioError } from '@shared/errors';
import { applyEdits, modify } from 'jsonc-parser';
import { isSeq, parseDocument } from 'yaml';
import { readText, resolveInside, writeAtomically } from '../files';
import { readTyped } from './environment-layer';
import type { JsonSchema } from './json-schema';
import { findForbiddenKey } from './merge';
import { fromPointer, toPointer } from './pointer';
import { SHORTEST_SECRET } from './redactor';
import { secretFieldAt } from './secret-fields';
import { LARGEST_BYTES } from './stored-layer';

export const noSuchSecret = (pointer: string, why = 'config_schema has no secret there') =>
  new StudioError(
    'config/no-such-secret',
    `"${pointer}" cannot be kept: ${why}. A secret is a property with "format": "secret" or "writeOnly": true.`,
    { data: { pointer } },
  );

export const invalidSecret = (pointer: string, why: string) =>
  new StudioError('config/secret-invalid', `The secret is refused. ${why}`, { data: { pointer } });

/** @throws StudioError config/no-such-secret, config/secret-too-short, config/secret-invalid; none shows the value. */
export function secretFrom(schema: JsonSchema | undefined, pointer: string, text: string): unknown {
  const field = secretFieldAt(schema, pointer);
  const path = fromPointer(pointer);
  const nested = path.reduceRight<unknown>((value, key) => Object.fromEntries([[key, value]]), '');
  if (field === undefined || findForbiddenKey(nested) !== undefined) throw noSuchSecret(pointer);
  if (text.length < SHORTEST_SECRET) {
    throw new StudioError(
      'config/secret-too-short',
      `A secret needs at least ${SHORTEST_SECRET} characters: a shorter one cannot be hidden in what the plugin says.`,
      { data: { pointer } },
    );
  }
  const isText = field.types.size === 0 || field.types.has('string');
  const value = isText ? text : readTyped(text, field.types);
  if (value === undefined) throw invalidSecret(pointer, `It must be ${[...field.types].join(' or ')}, as JSON.`);
  return value;
}

/** An item of a list is emptied instead: without it, those after it would be others. */
export function textWithout(path: string, text: string, pointer: string): string {
  const keys = fromPointer(pointer);
  if (path.endsWith('.json')) return jsonWithout(text, JSON.parse(text), keys);
  const document = parseDocument(text);
  if (isSeq(document.getIn(keys.slice(0, -1), true))) document.setIn(keys, '');
  else document.deleteIn(keys);
  return document.toString();
}

function jsonWithout(text: string, value: unknown, keys: readonly string[]): string {
  let at = value;
  let isItem = false;
  const path = keys.map((key) => {
    isItem = Array.isArray(at);
    at = (at as Record<string, unknown> | undefined)?.[key];
    return isItem ? Number(key) : key;
  });
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  return applyEdits(text, modify(text, path, isItem ? '' : undefined, { formattingOptions }));
}

/** @throws StudioError workspace/* */
export async function takeOutOfManifest(folder: string, pointer: string): Promise<void> {
  const path = await resolveInside(folder, 'plugin.json');
  const { text } = await readText(path, LARGEST_BYTES);
  await writeAtomically(path, textWithout('plugin.json', text, toPointer(['default_config']) + pointer));
}
