/**
 * Finds the file behind `module:Class`. The module is looked for in the plugin's folder, then in its src/, as
 * TypeScript or JavaScript, Python, WebAssembly, and what builds to it. A `.ts` belongs to WebAssembly where the folder
 * has AssemblyScript's asconfig.json. What leads out of the folder is never opened.
 */
import { stat } from 'node:fs/promises';
import type { EntryPoint } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { fileError, readText, resolveInside } from '../../files';
import { type ClassSearch, findExportedClass, findPythonClass } from './find-class';

type Language = EntryPoint['language'];

export type EntryPointLookup =
  /** Missing, or not of the form; another check says so. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'outside'; readonly module: string; readonly className: string; readonly why: string }
  | {
      readonly kind: 'missing';
      readonly module: string;
      readonly className: string;
      readonly looked: readonly string[];
    }
  | { readonly kind: 'found'; readonly entry: EntryPoint; readonly search: ClassSearch };

/** In the order in which they are looked for. */
const MODULE_ENDINGS: readonly (readonly [ending: string, language: Language])[] = [
  ['.ts', 'typescript'],
  ['.js', 'typescript'],
  ['.mjs', 'typescript'],
  ['.py', 'python'],
  ['/__init__.py', 'python'],
  ['.wasm', 'wasm'],
  ['.c', 'wasm'],
  ['.wat', 'wasm'],
];

/** `module:Class`, where the module is made of dotted names and of nothing that moves about in folders. */
export const ENTRY_POINT = /^([\w$-]+(?:\.[\w$-]+)*):([A-Za-z_$][\w$]*)$/;
const LEADS_OUT = /^(?:[\\/]|[A-Za-z]:[\\/])|(?:^|[\\/])\.\.(?:[\\/]|:)/;

export async function resolveEntryPoint(folder: string, entryPoint: unknown): Promise<EntryPointLookup> {
  if (typeof entryPoint !== 'string') return { kind: 'malformed' };
  const split = entryPoint.lastIndexOf(':');
  const [module, className] = [entryPoint.slice(0, Math.max(0, split)), entryPoint.slice(split + 1)];
  if (LEADS_OUT.test(entryPoint)) return { kind: 'outside', module, className, why: 'leads out of it' };
  if (!ENTRY_POINT.test(entryPoint)) return { kind: 'malformed' };
  const looked: string[] = [];
  for (const base of ['', 'src/']) {
    for (const [ending, language] of MODULE_ENDINGS) {
      const file = base + module.replaceAll('.', '/') + ending;
      looked.push(file);
      const found = await locate(folder, file);
      if (found === 'outside')
        return { kind: 'outside', module, className, why: `${file} is a link that leads out of it` };
      if (found !== undefined) return lookInto(folder, { module, className, language, file: found });
    }
  }
  return { kind: 'missing', module, className, looked };
}

async function locate(folder: string, file: string): Promise<string | undefined> {
  try {
    const found = await stat(await resolveInside(folder, file));
    return found.isFile() ? file : undefined;
  } catch (error) {
    if (isStudioError(error, 'workspace/outside')) return 'outside';
    if (isStudioError(fileError(error, file))) return undefined;
    throw error;
  }
}

async function lookInto(folder: string, entry: EntryPoint): Promise<EntryPointLookup> {
  const isAssemblyScript = entry.file.endsWith('.ts') && (await locate(folder, 'asconfig.json')) !== undefined;
  const language = isAssemblyScript ? 'wasm' : entry.language;
  const search = await searchClass(folder, { ...entry, language });
  const line = search.kind === 'found' && language !== 'wasm' ? search.line : undefined;
  return { kind: 'found', entry: { ...entry, language, ...(line === undefined ? {} : { line }) }, search };
}

/** A WebAssembly module has no classes: the name is only a name. */
async function searchClass(folder: string, { file, language, className }: EntryPoint): Promise<ClassSearch> {
  if (language === 'wasm') return { kind: 'found', line: 1 };
  try {
    const { text } = await readText(await resolveInside(folder, file));
    return language === 'python' ? findPythonClass(text, className) : findExportedClass(text, className);
  } catch (error) {
    if (isStudioError(error)) return { kind: 'unsure', why: error.message };
    throw error;
  }
}

/** The module that an entry point names to reach a file, or undefined where none can. */
export function moduleOf(file: string): string | undefined {
  const ending = MODULE_ENDINGS.map(([text]) => text).find((text) => file.endsWith(text));
  if (ending === undefined) return undefined;
  const module = file.slice(0, -ending.length).split('/').join('.');
  return ENTRY_POINT.test(`${module}:X`) && !file.slice(0, -ending.length).includes('.') ? module : undefined;
}
