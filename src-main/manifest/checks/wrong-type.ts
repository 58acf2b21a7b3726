import type { Fix } from '@shared/contracts';
import { coerce } from 'semver';
import { fromPointer, valueAt } from '../../config';
import { type ContentCheck, fixes, type ManifestSubject } from '../check';
import { replaceValue } from '../edits';

export const wrongType: ContentCheck = {
  code: 'manifest/wrong-type',
  severity: 'error',
  message: 'Every field has the type that the contract gives it.',
  find: (subject) =>
    subject.violations
      .filter(({ keyword }) => keyword === 'type' || keyword === 'anyOf')
      .map(({ pointer, message, params }) => ({
        message: `"${fromPointer(pointer).join('.')}" ${message}.`,
        pointer,
        fixes: offers(subject, pointer, params.type),
      })),
};

/** Only where the value says plainly what is meant: "true", "50", a text where a list of them belongs. */
function offers({ document, manifest }: ManifestSubject, pointer: string, type: unknown): readonly Fix[] {
  const value = valueAt(manifest, pointer);
  // A version is three numbers, and 1 is the first.
  const version = pointer === '/version' && typeof value === 'number' ? coerce(String(value))?.version : undefined;
  const meant =
    version ??
    (type === 'array' ? (typeof value === 'string' && value !== '' ? [value] : undefined) : scalar(value, type));
  if (meant === undefined) return [];
  return fixes({ title: `Use ${JSON.stringify(meant)}`, edits: replaceValue(document, pointer, meant) });
}

function scalar(value: unknown, type: unknown): unknown {
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (type === 'string' && typeof value === 'number') return String(value);
  if (type === 'integer' && typeof value === 'number') return Math.round(value);
  const isNumeric = typeof value === 'string' && /^-?\d+$/.test(value);
  return type === 'integer' && isNumeric ? Number(value) : undefined;
}
