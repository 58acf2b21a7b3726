/** Looks through the plugin's sources for what a wrong entry point probably meant. */
import { readdir } from 'node:fs/promises';
import { closestTo } from '@shared/closest';
import { isStudioError } from '@shared/errors';
import { fileError, readText, resolveInside } from '../../files';
import { findExportedClass, findPythonClass } from './find-class';
import { moduleOf } from './resolve-entry-point';

const DEEPEST = 4;
const MOST_FILES = 200;
const NOT_SOURCES = new Set(['node_modules', 'tests', 'samples', 'docs', 'config', 'dist', 'out', 'build']);

/** The one entry point that fits: the file that has the class, else the file whose name is close. */
export async function suggestEntryPoint(
  folder: string,
  module: string,
  className: string,
): Promise<string | undefined> {
  const sources = await listSources(folder);
  const withClass: string[] = [];
  for (const source of sources) if (await declares(folder, source.file, className)) withClass.push(source.module);
  if (withClass.length === 1) return `${withClass[0]}:${className}`;
  const modules = sources.map((source) => source.module);
  const fileNamed = moduleOf(module.replaceAll('\\', '/'));
  const close = fileNamed !== undefined && modules.includes(fileNamed) ? fileNamed : closestTo(module, modules);
  return close === undefined ? undefined : `${close}:${className}`;
}

async function listSources(folder: string) {
  const found: { file: string; module: string }[] = [];
  let level = [''];
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next: string[] = [];
    for (const path of level) {
      for (const item of await listFolder(folder, path)) {
        const file = path === '' ? item.name : `${path}/${item.name}`;
        const module = moduleOf(file);
        if (item.isDirectory() && !item.name.startsWith('.') && !NOT_SOURCES.has(item.name)) next.push(file);
        if (item.isFile() && module !== undefined && found.length < MOST_FILES) found.push({ file, module });
      }
    }
    level = next;
  }
  return found;
}

/** A folder that cannot be read has nothing to suggest. */
async function listFolder(folder: string, path: string) {
  try {
    return await readdir(await resolveInside(folder, path), { withFileTypes: true });
  } catch (error) {
    if (isStudioError(fileError(error, path))) return [];
    throw error;
  }
}

async function declares(folder: string, file: string, className: string): Promise<boolean> {
  if (!/\.(?:ts|js|mjs|py)$/.test(file)) return false;
  try {
    const { text } = await readText(await resolveInside(folder, file));
    if (!text.includes(className)) return false;
    const search = file.endsWith('.py') ? findPythonClass(text, className) : findExportedClass(text, className);
    return search.kind === 'found';
  } catch (error) {
    if (isStudioError(error)) return false;
    throw error;
  }
}
