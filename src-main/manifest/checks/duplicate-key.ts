import type { Node } from 'jsonc-parser';
import { toPointer } from '../../config';
import { type Finding, fixes, type TextCheck } from '../check';
import { replaceSpan } from '../edits';
import type { ManifestDocument } from '../manifest-document';

export const duplicateKey: TextCheck = {
  code: 'manifest/duplicate-key',
  severity: 'warning',
  message: 'A key occurs once in an object: of two, the platform reads only the last.',
  find: (document) => (document.syntaxErrors.length > 0 ? [] : search(document, document.root, [])),
};

function search(document: ManifestDocument, node: Node | undefined, path: (string | number)[]): Finding[] {
  if (node?.type === 'array')
    return (node.children ?? []).flatMap((item, index) => search(document, item, [...path, index]));
  if (node?.type !== 'object') return [];
  const properties = node.children ?? [];
  const last = new Map(properties.map((property, index) => [property.children?.[0]?.value as string, index]));
  return properties.flatMap((property, index) => {
    const [key, value] = property.children ?? [];
    const below = [...path, String(key?.value)];
    if (last.get(key?.value) === index) return search(document, value, below);
    const next = properties[index + 1];
    const ignored = {
      offset: property.offset,
      length: (next?.offset ?? property.offset + property.length) - property.offset,
    };
    return [
      {
        message: `"${key?.value}" occurs again further down, and only the last one counts. Remove this one.`,
        pointer: toPointer(below),
        span: key,
        fixes: fixes({ title: 'Remove the one that does not count', edits: [replaceSpan(ignored, '')] }),
      },
    ];
  });
}
