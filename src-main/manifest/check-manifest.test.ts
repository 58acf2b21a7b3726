import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiagnosticSchema } from '@shared/contracts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { checkManifest } from './check-manifest';
import { GOOD_MANIFEST, GOOD_SOURCES, manifestWith, pluginFolder } from './plugin-folder.fixture';

const folder = pluginFolder();

async function check(text?: string) {
  await folder.write(GOOD_SOURCES);
  return checkManifest(folder.path, text);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const codes = async (text?: string) => (await check(text)).diagnostics.map(({ code }) => code);

describe('checkManifest', () => {
  test('finds nothing in a good manifest, and tells its document and entry point', async () => {
    await folder.write({ 'plugin.json': manifestWith({ tags: ['sast'] }) });
    expect(await check()).toEqual({
      diagnostics: [],
      document: { ...GOOD_MANIFEST, tags: ['sast'] },
      entry: {
        module: 'src.analyzer',
        className: 'MyAnalyzer',
        language: 'typescript',
        file: 'src/analyzer.ts',
        line: 1,
      },
    });
  });

  test('checks the given text instead of the file', async () => {
    await folder.write({ 'plugin.json': '{' });
    expect((await check(manifestWith({}))).diagnostics).toEqual([]);
  });

  test('without plugin.json it says how to go on', async () => {
    const { diagnostics } = await check();
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'manifest/missing',
        severity: 'error',
        file: 'plugin.json',
        message: 'This folder has no plugin.json. Create one, or open the folder that holds it.',
      }),
    ]);
  });

  test('a folder in the place of plugin.json', async () => {
    await mkdir(join(folder.path, 'plugin.json'), { recursive: true });
    expect(await codes()).toEqual(['manifest/unreadable']);
  });

  test('a plugin.json that is not text', async () => {
    await mkdir(folder.path);
    await writeFile(join(folder.path, 'plugin.json'), new Uint8Array([0x7b, 0xff, 0x7d]));
    expect(await codes()).toEqual(['manifest/unreadable']);
  });

  test('a plugin.json that leads out of the folder is not read', async () => {
    await mkdir(folder.path);
    await writeFile(join(folder.path, '..', 'outside.json'), manifestWith({}));
    await symlink('../outside.json', join(folder.path, 'plugin.json'));
    const { diagnostics } = await check();
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/link that leads out/)]);
  });

  test.each(['file', 'text'])('five megabytes as a %s are refused, not read', async (where) => {
    const large = manifestWith({ description: 'x'.repeat(5 * 1024 * 1024) });
    if (where === 'file') await folder.write({ 'plugin.json': large });
    const { diagnostics, document } = await check(where === 'file' ? undefined : large);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.code).toBe('manifest/too-large');
    expect(diagnostics[0]?.message).toMatch(/(5\.0 MB|5121 KB).*256 KB.*smaller\.$/);
    expect(document).toBeUndefined();
  });

  test('a slip in the syntax is told alone, and there is no document', async () => {
    expect(await check('{"name": "A" "version": 1}')).toEqual({
      diagnostics: [expect.objectContaining({ code: 'manifest/not-json' })],
    });
  });

  test('the document is there also where it breaks the contract, with the fields that the contract does not name', async () => {
    const { document, entry } = await check('{"name": 5, "mine": [1]}');
    expect(document).toEqual({ name: 5, mine: [1] });
    expect(entry).toBeUndefined();
  });

  test('a key that occurs twice is checked where it counts', async () => {
    const { diagnostics } = await check('{\n"version": "1",\n"version": "2"\n}');
    const lines = diagnostics.filter(({ code }) => code === 'manifest/version').map(({ range }) => range.startLine);
    expect(lines).toEqual([3]);
  });

  test('diagnostics come in the order of the text', async () => {
    const { diagnostics } = await check(manifestWith({ tags: 1, name: 'A', zzz: 1, version: 'x' }));
    const lines = diagnostics.map(({ range }) => range.startLine);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines).toEqual([...lines].sort((left, right) => left - right));
  });

  test('of a thousand problems the errors are told first, and how many more there are', async () => {
    const tags = Array.from({ length: 500 }, () => 'same');
    const dependencies = Array.from({ length: 500 }, () => 7);
    const { diagnostics } = await check(manifestWith({ tags, dependencies }));
    expect(diagnostics).toHaveLength(201);
    expect(diagnostics.slice(0, 200).every(({ code }) => code === 'manifest/wrong-type')).toBe(true);
    expect(diagnostics.at(-1)?.message).toBe('There are 799 more problems. Mend these first.');
  });

  test.each([
    [
      'fields that the contract does not name',
      Object.fromEntries(numbers(15_000).map((index) => [`f${index}`, index])),
    ],
    ['duplicate entries', { tags: numbers(30_000).map(() => 'same') }],
    ['entries of the wrong type', { dependencies: numbers(50_000).map(() => 7) }],
    [
      'violations of config_schema',
      {
        config_schema: { properties: { a: { items: { anyOf: [{ type: 'string' }, { type: 'null' }] } } } },
        default_config: { a: numbers(40_000) },
      },
    ],
  ])('as much as fits of %s is told in good time', async (_, changes) => {
    const { diagnostics } = await check(JSON.stringify({ ...GOOD_MANIFEST, ...changes }));
    expect(diagnostics).toHaveLength(201);
  });

  test.each([
    ['src/analyzer.mjs', 'typescript'],
    ['analyzer.py', 'python'],
    ['src/analyzer/__init__.py', 'python'],
    ['src/analyzer.wasm', 'wasm'],
    ['analyzer.c', 'wasm'],
  ])('%s makes a plugin in %s', async (file, language) => {
    await folder.write({ [file]: 'class A:\n pass\nexport class A {}' });
    const { entry } = await checkManifest(folder.path, manifestWith({ entry_point: 'analyzer:A' }));
    expect(entry).toMatchObject({ file, language });
  });

  test('the folder comes before its src, and a .ts beside asconfig.json is AssemblyScript', async () => {
    await folder.write({ 'a.py': 'class A: pass', 'src/a.ts': 'export class A {}', 'b.ts': '' });
    const entryOf = async (entry_point: string) =>
      (await checkManifest(folder.path, manifestWith({ entry_point }))).entry;
    expect(await entryOf('a:A')).toMatchObject({ file: 'a.py', language: 'python' });
    await folder.write({ 'asconfig.json': '{}' });
    expect(await entryOf('b:A')).toEqual({ module: 'b', className: 'A', file: 'b.ts', language: 'wasm' });
  });

  test('lines end as an editor ends them', async () => {
    const { diagnostics } = await check('{\r\n"name": "a",\r"version": "x"\n}');
    expect(diagnostics.find(({ code }) => code === 'manifest/version')?.range).toEqual({
      startLine: 3,
      startColumn: 12,
      endLine: 3,
      endColumn: 15,
    });
  });

  test('whatever the text, the answer is diagnostics that fit the contract', async () => {
    await folder.write(GOOD_SOURCES);
    const fields = fc.constantFrom(
      ...Object.keys(GOOD_MANIFEST),
      'capabilities',
      'config_schema',
      'default_config',
      'tags',
      '__proto__',
    );
    const manifests = fc.dictionary(fields, fc.oneof(fc.jsonValue(), fc.constant(GOOD_MANIFEST.entry_point)));
    const texts = fc.oneof(
      fc.json(),
      fc.string(),
      manifests.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), async (text, cut) => {
        for (const version of [text, text.slice(0, cut % (text.length + 1))]) {
          const { diagnostics } = await checkManifest(folder.path, version);
          for (const diagnostic of diagnostics) expect(Value.Check(DiagnosticSchema, diagnostic)).toBe(true);
          for (const { fixes } of diagnostics) {
            for (const { offset, length } of fixes?.flatMap(({ edits }) => edits) ?? []) {
              expect(offset + length).toBeLessThanOrEqual(version.length);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
