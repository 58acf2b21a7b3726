/**
 * Looks for the class that an entry point names among what its source exports, without running or compiling it. It says
 * "absent" only where the source surely does not export the class; what another file or old-style exports may hold is
 * "unsure", and the build has the last word.
 */
import { createLineIndex } from '../line-index';
import { maskSource } from './mask-source';

export type ClassSearch =
  | {
      readonly kind: 'found';
      readonly line: number;
      /** It surely extends nothing, and nothing in its module is called initialize. */
      readonly isNoPlugin?: true;
    }
  | { readonly kind: 'unsure'; readonly why: string }
  | {
      readonly kind: 'absent';
      /** The classes that are exported instead. */
      readonly exported: readonly string[];
      /** Offset of the class's declaration, where it only lacks `export`. */
      readonly declaredAt?: number;
      /** Offset and length of `default `, where that is all that stands between. */
      readonly defaultAt?: number;
      /** What is exported under the name, where that cannot be a class. */
      readonly exportedAs?: string;
    };

const NAME = '[A-Za-z_$][\\w$]*';

export function findExportedClass(source: string, className: string): ClassSearch {
  const masked = maskSource(source);
  const found = (offset: number): ClassSearch => {
    const line = createLineIndex(source).lineOf(offset);
    return extendsNothing(masked, className) ? { kind: 'found', line, isNoPlugin: true } : { kind: 'found', line };
  };
  const direct = all(masked, `\\bexport\\s+(?:abstract\\s+)?class\\s+(${NAME})`);
  const declared = direct.find((match) => match[1] === className);
  if (declared !== undefined) return found(declared.index);

  const local = all(masked, `\\b(?:abstract\\s+)?class\\s+(${NAME})`).find((match) => match[1] === className);
  const listed = listedExports(masked);
  const inList = listed.find(({ exported }) => exported === className);
  if (inList !== undefined) return found(inList.elsewhere || local === undefined ? inList.offset : local.index);

  const value = all(masked, `\\bexport\\s+(?:const|let|var)\\s+(${NAME})\\b[^=;]*=\\s*(class\\b)?`).find(
    (match) => match[1] === className,
  );
  if (value?.[2] !== undefined) return found(value.index);
  if (value !== undefined)
    return { kind: 'unsure', why: `${className} is exported as a value, which may or may not be a class` };

  const doubt = doubtIn(masked);
  if (doubt !== undefined) return { kind: 'unsure', why: doubt };
  const other = all(
    masked,
    `\\bexport\\s+(?:declare\\s+)?(?:async\\s+)?(function|interface|type|enum|namespace)\\b[\\s*]*(${NAME})`,
  );
  const byDefault = all(masked, `\\bexport\\s+(default\\s+)(?:abstract\\s+)?class\\s+(${NAME})`).find(
    (match) => match[2] === className,
  );
  return {
    kind: 'absent',
    exported: [...direct.map((match) => match[1] ?? ''), ...classesIn(masked, listed)],
    declaredAt: byDefault === undefined ? local?.index : undefined,
    defaultAt: byDefault === undefined ? undefined : byDefault.index + byDefault[0].indexOf('default'),
    exportedAs: other.find((match) => match[2] === className)?.[1],
  };
}

const all = (text: string, pattern: string) => [...text.matchAll(new RegExp(pattern, 'g'))];

/** Mixed-in methods and old-style prototypes would have to name it somewhere. */
const extendsNothing = (masked: string, className: string) =>
  new RegExp(`\\bclass\\s+${quoted(className)}\\s*(?:implements\\s[^{]*)?\\{`).test(masked) &&
  !/\binitialize\b|\bprototype\b|\bassign\b/.test(masked);

/** `export { A, B as C }`, with or without `from`. */
function listedExports(masked: string) {
  return all(masked, '\\bexport\\s*\\{([^}]*)\\}(\\s*from\\b)?').flatMap((list) =>
    (list[1] ?? '').split(',').flatMap((item) => {
      const [, local, renamed] = new RegExp(`^\\s*(${NAME})(?:\\s+as\\s+(${NAME}))?\\s*$`).exec(item) ?? [];
      return local === undefined
        ? []
        : [{ local, exported: renamed ?? local, offset: list.index, elsewhere: list[2] !== undefined }];
    }),
  );
}

const classesIn = (masked: string, listed: ReturnType<typeof listedExports>) =>
  listed
    .filter(({ local, elsewhere }) => !elsewhere && new RegExp(`\\bclass\\s+${quoted(local)}\\b`).test(masked))
    .map(({ exported }) => exported);

const quoted = (name: string) => name.replaceAll('$', '\\$');

function doubtIn(masked: string): string | undefined {
  if (/\bexport\s*\*\s*from\b/.test(masked)) return 'the module passes on whatever another module exports';
  if (/\bexport\s*=|\bmodule\s*\.\s*exports\b|\bexports\s*[.[]/.test(masked))
    return 'the module exports in the CommonJS way';
  if (/\bexport\s+(?:const|let|var)\s*[{[]/.test(masked))
    return 'the module exports what it takes out of another value';
  return undefined;
}

/** Python exports every name at the top level of a module. */
export function findPythonClass(source: string, className: string): ClassSearch {
  const declared = [...source.matchAll(/^class\s+([A-Za-z_]\w*)/gm)];
  const own = declared.find((match) => match[1] === className);
  if (own !== undefined) return { kind: 'found', line: createLineIndex(source).lineOf(own.index) };
  if (new RegExp(`\\b${quoted(className)}\\b`).test(source)) {
    return { kind: 'unsure', why: `the module mentions ${className}, but does not declare it at its top level` };
  }
  if (/^\s*from\s+\S+\s+import\s+\*/m.test(source)) {
    return { kind: 'unsure', why: 'the module passes on whatever another module exports' };
  }
  return { kind: 'absent', exported: declared.map((match) => match[1] ?? '') };
}
