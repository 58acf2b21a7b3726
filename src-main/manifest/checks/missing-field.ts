import { basename } from 'node:path';
import type { Fix } from '@shared/contracts';
import { ENTRY_POINT_PATTERN, PLUGIN_TYPES } from '@shared/schemas';
import { fromPointer } from '../../config';
import { type ContentCheck, fixes, type ManifestSubject } from '../check';
import { setValue } from '../edits';
import { slugOf } from './name';

const START = { offset: 0, length: 1 };

const wanted: Record<string, string> = {
  name: 'Lower-case letters, digits and hyphens, such as "static-analyzer".',
  version: 'A SemVer version, such as "1.2.0".',
  plugin_type: `One of ${PLUGIN_TYPES.join(', ')}.`,
  entry_point: `module:Class, such as "src.analyzer:MyAnalyzer" (${ENTRY_POINT_PATTERN}).`,
};

export const missingField: ContentCheck = {
  code: 'manifest/missing-field',
  severity: 'error',
  message: 'name, version, plugin_type and entry_point are there.',
  find: (subject) =>
    subject.violations
      .filter(({ keyword }) => keyword === 'required')
      .map(({ pointer }) => {
        const field = fromPointer(pointer).at(-1) ?? '';
        return {
          message: `"${field}" is missing. ${wanted[field] ?? 'Add it.'}`,
          pointer,
          span: { ...START, offset: subject.document.root?.offset ?? 0 },
          fixes: offers(subject, field),
        };
      }),
};

function offers({ document, folder }: ManifestSubject, field: string): readonly Fix[] {
  const offer = (value: string) => ({ title: `Add ${field} "${value}"`, edits: setValue(document, [field], value) });
  if (field === 'version') return fixes(offer('0.1.0'));
  const slug = slugOf(basename(folder));
  return field === 'name' && slug !== undefined ? fixes(offer(slug)) : [];
}
