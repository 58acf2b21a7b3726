/**
 * Real plugin folders for the tests of the checks. Of every fix that a check offers, the tests see to it that applying
 * it takes the finding away.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Diagnostic, Fix } from '@shared/contracts';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import type { ContentCheck, TextCheck } from './check';
import { checkManifest } from './check-manifest';

/** Nothing is wrong with it, beside GOOD_SOURCES. */
export const GOOD_MANIFEST = {
  name: 'static-analyzer',
  version: '1.2.0',
  plugin_type: 'analyzer',
  entry_point: 'src.analyzer:MyAnalyzer',
};
export const GOOD_SOURCES: Record<string, string> = {
  'src/analyzer.ts': 'export class MyAnalyzer extends AnalyzerPlugin {}\n',
};

/** The good manifest with some fields changed; undefined takes a field away. */
export const manifestWith = (changes: Record<string, unknown>) =>
  JSON.stringify({ ...GOOD_MANIFEST, ...changes }, null, 2);

export interface PluginFolder {
  readonly path: string;
  write(files: Record<string, string>): Promise<void>;
}

export function pluginFolder(): PluginFolder {
  const base = temporaryFolder();
  return {
    get path() {
      return join(base.path, 'my-plugin');
    },
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        const file = join(base.path, 'my-plugin', path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    },
  };
}

interface CheckCase {
  /** Changes of the good manifest, or a whole text. */
  readonly manifest: Record<string, unknown> | string;
  readonly files?: Record<string, string>;
  readonly prepare?: (folder: PluginFolder) => Promise<void>;
  /** None: the check finds nothing. */
  readonly finds?: readonly ExpectedFinding[];
}

interface ExpectedFinding {
  readonly message: string | RegExp;
  /** The marked text. */
  readonly marks: string;
  readonly pointer?: string;
  readonly fixes?: readonly string[];
  /** A part of the text that the first fix leaves. */
  readonly leaves?: string;
}

export function testCheck(check: ContentCheck | TextCheck, cases: Record<string, CheckCase>): void {
  describe(check.code, () => {
    const folder = pluginFolder();
    const find = async (text: string) => {
      const { diagnostics } = await checkManifest(folder.path, text);
      return diagnostics.filter(({ code }) => code === check.code);
    };
    test.each(Object.entries(cases))('%s', async (_, { manifest, files = GOOD_SOURCES, prepare, finds = [] }) => {
      await folder.write({ ...files, 'docs/README.md': '' });
      await prepare?.(folder);
      const text = typeof manifest === 'string' ? manifest : manifestWith(manifest);
      const found = await find(text);
      expect(found.map(({ message }) => message)).toEqual(
        finds.map(({ message }) => (typeof message === 'string' ? message : expect.stringMatching(message))),
      );
      for (const [index, expected] of finds.entries()) {
        const diagnostic = found[index]!;
        expectFinding(text, diagnostic, expected);
        for (const [place, fix] of (diagnostic.fixes ?? []).entries()) {
          const after = await applyFix(folder.path, text, fix);
          if (place === 0) expect(after).toContain(expected.leaves ?? '');
          expect((await find(after)).length).toBeLessThan(found.length);
        }
      }
      expect(found.every(({ severity }) => severity === check.severity)).toBe(true);
    });
  });
}

function expectFinding(text: string, diagnostic: Diagnostic, expected: ExpectedFinding): void {
  expect(marked(text, diagnostic)).toBe(expected.marks);
  if (expected.pointer !== undefined) expect(diagnostic.pointer).toBe(expected.pointer);
  expect(diagnostic.fixes?.map(({ title }) => title) ?? []).toEqual(expected.fixes ?? []);
}

/** The text of plugin.json after a fix; what the fix edits in other files is written. */
async function applyFix(folder: string, text: string, { edits }: Fix): Promise<string> {
  const lastFirst = [...edits].sort((left, right) => right.offset - left.offset);
  let after = text;
  for (const { file, offset, length, text: inserted } of lastFirst) {
    const before = file === 'plugin.json' ? after : await readFile(join(folder, file), 'utf8');
    const edited = before.slice(0, offset) + inserted + before.slice(offset + length);
    if (file === 'plugin.json') after = edited;
    else await writeFile(join(folder, file), edited);
  }
  return after;
}

/** What a diagnostic marks. */
function marked(text: string, { range }: Diagnostic): string {
  const lines = text.split(/(?<=\n)/);
  const offsetOf = (line: number, column: number) => lines.slice(0, line - 1).join('').length + column - 1;
  return text.slice(offsetOf(range.startLine, range.startColumn), offsetOf(range.endLine, range.endColumn));
}
