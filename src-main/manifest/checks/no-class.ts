import { closestTo } from '@shared/closest';
import type { Fix } from '@shared/contracts';
import { type ContentCheck, fixes, type ManifestSubject } from '../check';
import { insertAt, replaceSpan, replaceValue } from '../edits';
import type { EntryPointLookup } from '../entry/resolve-entry-point';

type Found = Extract<EntryPointLookup, { kind: 'found' }>;
type Absent = Extract<Found['search'], { kind: 'absent' }>;

export const noClass: ContentCheck = {
  code: 'manifest/no-class',
  severity: 'error',
  message: "The entry point's module exports its class.",
  find(subject) {
    const { entry: lookup } = subject;
    if (lookup.kind !== 'found' || lookup.search.kind !== 'absent') return [];
    return [
      {
        message: explain(lookup, lookup.search),
        pointer: '/entry_point',
        fixes: fixes(...offers(subject, lookup, lookup.search)),
      },
    ];
  },
};

function explain({ entry }: Found, { exported, declaredAt, defaultAt, exportedAs }: Absent): string {
  const named = `${entry.file} exports no class ${entry.className}`;
  if (defaultAt !== undefined) return `${named} by that name, only as the default. Remove "default".`;
  if (exportedAs !== undefined)
    return `${named}: ${entry.className} is ${exportedAs === 'namespace' ? 'a' : 'only a'} ${exportedAs}.`;
  if (declaredAt !== undefined) return `${named}: the class is there, but lacks "export".`;
  if (exported.length === 0) return `${named}, and no other class either. Add "export class ${entry.className}".`;
  return `${named}. It exports ${exported.join(', ')}.`;
}

function offers({ document }: ManifestSubject, { entry }: Found, absent: Absent): Fix[] {
  const { file, module, className } = entry;
  if (absent.defaultAt !== undefined) {
    const word = { offset: absent.defaultAt, length: 'default '.length };
    return [{ title: `Export ${className} by its name`, edits: [replaceSpan(word, '', file)] }];
  }
  if (absent.declaredAt !== undefined) {
    return [{ title: `Export ${className}`, edits: [insertAt(absent.declaredAt, 'export ', file)] }];
  }
  const [only] = absent.exported;
  const meant = absent.exported.length === 1 ? only : closestTo(className, absent.exported);
  if (meant === undefined) return [];
  return [{ title: `Use ${module}:${meant}`, edits: replaceValue(document, '/entry_point', `${module}:${meant}`) }];
}
