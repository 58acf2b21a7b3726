/** Makes real plugin folders for the tests of the checks. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic, Fix } from '@shared/contracts';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { checkManifest } from './check-manifest';

/** Nothing is wrong with it, beside src/analyzer.ts. */
export const GOOD_MANIFEST = {
  name: 'static-analyzer',
  version: '1.2.0',
  plugin_type: 'analyzer',
  entry_point: 'src.analyzer:MyAnalyzer',
};

export function pluginFolder(files: Record<string, string> = { 'src/analyzer.ts': 'export class MyAnalyzer {}\n' }) {
  const base = temporaryFolder();
  const folder = () => join(base.path, 'my-plugin');
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder(), path)), { recursive: true });
    await writeFile(join(folder(), path), text);
  };
  const prepare = async () => {
    for (const [path, text] of Object.entries(files)) await write(path, text);
    await mkdir(folder(), { recursive: true });
  };
  const checkText = async (text: string) => {
    await prepare();
    return (await checkManifest(folder(), text)).diagnostics;
  };
  return {
    get path() {
      return folder();
    },
    write,
    prepare,
    checkText,
    /** The good manifest with some fields changed; undefined takes a field away. */
    check: (changes: Record<string, unknown> = {}) =>
      checkText(JSON.stringify({ ...GOOD_MANIFEST, ...changes }, null, 2)),
  };
}

/** The text after a fix, for the file that it edits. */
export function applyFix(text: string, fix: Fix | undefined, file = 'plugin.json'): string {
  const edits = (fix?.edits ?? [])
    .filter((edit) => edit.file === file)
    .sort((left, right) => right.offset - left.offset);
  if (edits.length === 0) throw new Error(`No fix edits ${file}.`);
  return edits.reduce(
    (now, edit) => now.slice(0, edit.offset) + edit.text + now.slice(edit.offset + edit.length),
    text,
  );
}

/** What a range marks. */
export function marked(text: string, { range }: Diagnostic): string {
  const lines = text.split(/(?<=\n)/);
  const offset = (line: number, column: number) => lines.slice(0, line - 1).join('').length + column - 1;
  return text.slice(offset(range.startLine, range.startColumn), offset(range.endLine, range.endColumn));
}
