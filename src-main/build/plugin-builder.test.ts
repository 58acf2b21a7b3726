import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSourceMapReader } from '../runtime';
import { type BuildWorkspace, createBuildWorkspace, entry, sdkFile } from './build-workspace.fixture';
import { createPluginBuilder, type PluginBuilder } from './plugin-builder';

let workspace: BuildWorkspace;
let builder: PluginBuilder;

beforeEach(async () => {
  workspace = await createBuildWorkspace();
  builder = createPluginBuilder({ sdkFile });
});

afterEach(async () => {
  await builder.close();
  await workspace.remove();
});

const build = () => builder.build(workspace.folder, entry);

async function diagnosticsOf(source: string) {
  await workspace.write('src/plugin.ts', source);
  return (await build()).report.diagnostics;
}

/** Runs the bundle as CommonJS and hands its exports over. */
function load(code: string): Record<string, unknown> {
  const module = { exports: {} };
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports;
}

const plugin = `
import { BasePlugin } from 'mcp-plugin-sdk';
import { greeting } from './greeting';

export class Sample extends BasePlugin {
  greet(): string { return greeting(this.constructor.name); }
}
`;

describe('building a plugin folder', () => {
  it('bundles its files and the SDK, without any node_modules', async () => {
    await workspace.write('plugin.json', '{"name":"sample","version":"1.2.0"}');
    await workspace.write('src/greeting.ts', "export const greeting = (name: string) => 'Hello, ' + name;");
    await workspace.write('src/plugin.ts', plugin);
    const { report, artifact } = await build();
    expect(report).toMatchObject({ ok: true, diagnostics: [], folder: workspace.folder });
    expect(artifact?.url).toBe('plugin://sample/1.2.0/plugin.js');
    const { Sample } = load(artifact?.code ?? '') as { Sample: { prototype: { greet(): string } } };
    expect(Sample.prototype.greet.call({ constructor: { name: 'you' } })).toBe('Hello, you');
  });

  it('has what was edited when it is built again, and is another artifact then', async () => {
    await workspace.write('src/greeting.ts', "export const greeting = (name: string) => 'Hello, ' + name;");
    await workspace.write('src/plugin.ts', plugin);
    const first = await build();
    await workspace.write('src/greeting.ts', "export const greeting = (name: string) => 'Goodbye, ' + name;");
    const second = await build();
    expect(second.artifact?.code).toContain('Goodbye');
    expect(second.artifact?.sourceHash).not.toBe(first.artifact?.sourceHash);
    expect((await build()).artifact?.sourceHash).toBe(second.artifact?.sourceHash);
  });

  it('follows the entry point when it changes', async () => {
    await workspace.write('src/plugin.ts', 'export class Sample {}');
    await workspace.write('src/other.ts', 'export class Other {}');
    await build();
    const { artifact } = await builder.build(workspace.folder, { ...entry, file: 'src/other.ts', className: 'Other' });
    expect(Object.keys(load(artifact?.code ?? ''))).toEqual(['Other']);
  });
});

describe('closing the builder', () => {
  it('stops what is being built and says so to whoever waits for it', async () => {
    await workspace.write('src/plugin.ts', plugin);
    await workspace.write('src/greeting.ts', 'export const greeting = (name: string) => name;');
    await build();
    const builds = [build(), build(), build()].map((running) => running.then(() => 'built').catch(({ code }) => code));
    await builder.close();
    expect(new Set(await Promise.all(builds))).toEqual(new Set(['build/closed']));
  });

  it('lets a build of the old entry point end when the entry point changes', async () => {
    await workspace.write('src/plugin.ts', 'export class Sample {}');
    await workspace.write('src/other.ts', 'export class Other {}');
    const old = build();
    const { report } = await builder.build(workspace.folder, { ...entry, file: 'src/other.ts', className: 'Other' });
    expect([(await old).report.ok, report.ok]).toEqual([true, true]);
  });
});

describe('what is wrong with the source', () => {
  it('is told with file, line and column, counted in characters', async () => {
    const [diagnostic] = await diagnosticsOf("export class Sample {\n  name = 'äöü'; oops oops;\n}\n");
    expect(diagnostic).toMatchObject({
      source: 'build',
      file: 'src/plugin.ts',
      severity: 'error',
      code: 'build/error',
    });
    expect(diagnostic?.range).toEqual({ startLine: 2, startColumn: 22, endLine: 2, endColumn: 26 });
  });

  it('is an entry file that is missing', async () => {
    const { report, artifact } = await build();
    expect(artifact).toBeUndefined();
    expect(report).toMatchObject({ ok: false, bytes: 0, diagnostics: [{ code: 'build/not-found' }] });
  });

  it('is a class that the entry file does not export', async () => {
    const [diagnostic] = await diagnosticsOf('export class Simple {}');
    expect(diagnostic?.code).toBe('build/no-class');
    expect(diagnostic?.message).toMatch(/"Sample".*does not export it/);
  });
});

describe('an import that the sandbox cannot have', () => {
  it('names the capability of a built-in of Node, and what to use instead', async () => {
    const diagnostics = await diagnosticsOf(
      "import { readFile } from 'node:fs/promises';\nimport { get } from 'http';\nimport { spawn } from 'child_process';\n" +
        'export class Sample { all = [readFile, get, spawn]; }',
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('build/forbidden-import'));
    expect(diagnostics.map(({ range }) => range.startLine)).toEqual([1, 2, 3]);
    const [files, network, processes] = diagnostics.map(({ message }) => message);
    expect(files).toContain('Use this.files of the plugin, which needs the capability file_system_access');
    expect(network).toContain('Use fetch, or this.network of the plugin, which needs the capability network_access');
    expect(processes).toContain('needs process_execution, which is never granted');
  });

  it('is one out of the folder, by path or by link', async () => {
    await workspace.write('../outside.ts', '');
    expect((await diagnosticsOf("import '../../outside'; export class Sample {}"))[0]?.code).toBe('build/outside');
    await workspace.write('../outside.ts', 'this is wrong');
    expect((await diagnosticsOf("import '../../outside'; export class Sample { a = 1 }"))[0]).toMatchObject({
      code: 'build/outside',
      file: 'src/plugin.ts',
    });
    await workspace.write('../outside.ts', '');
    await mkdir(join(workspace.folder, 'lib'));
    await symlink(join(dirname(workspace.folder), 'outside.ts'), join(workspace.folder, 'lib/linked.ts'));
    expect((await diagnosticsOf("import '../lib/linked'; export class Sample {}"))[0]?.code).toBe('build/outside');
  });

  it('is a package that is not in the folder', async () => {
    const [diagnostic] = await diagnosticsOf("import _ from 'lodash-nowhere'; export class Sample { _ = _; }");
    expect(diagnostic).toMatchObject({ code: 'build/not-found', range: { startLine: 1, startColumn: 15 } });
    expect(diagnostic?.message).toContain('Copy its source into the folder');
  });

  it.each([
    ['an address', "import x from 'https://example.com/x.js';", 'build/not-found'],
    ['a module in its own address', "import x from 'data:text/javascript,export default 1';", 'build/outside'],
    ['a built-in whose lack is caught', "let x; try { x = require('fs'); } catch {}", 'build/forbidden-import'],
    ['a package whose lack is caught', "let x; try { x = require('nowhere'); } catch {}", 'build/not-found'],
    ['an address that is imported late', "const x = () => import('https://example.com/x.js');", 'build/not-found'],
    ['the SDK by its place', `import * as x from ${JSON.stringify(sdkFile)};`, 'build/outside'],
    ['a part of the SDK', "import x from 'mcp-plugin-sdk/inside';", 'build/not-found'],
  ])('is %s', async (_name, statement, code) => {
    const diagnostics = await diagnosticsOf(`${statement}\nexport class Sample { x = x; }`);
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.range.startLine])).toEqual([[code, 1]]);
  });

  it('is a built-in of Node even where the folder has a package of its name', async () => {
    await workspace.write('node_modules/events/index.js', 'export default 1;');
    const [diagnostic] = await diagnosticsOf("import x from 'events'; export class Sample { x = x; }");
    expect(diagnostic?.code).toBe('build/forbidden-import');
  });

  it('is found again and again, and no longer once it is gone', async () => {
    const own = 'export class Sample {}';
    for (const source of [own, `import 'node:fs'; ${own}`, `import 'https://example.com'; ${own}`, own]) {
      const { length } = await diagnosticsOf(source);
      expect(length).toBe(source === own ? 0 : 1);
    }
  });

  it('is import() of a computed name, told where it was written', async () => {
    const [diagnostic] = await diagnosticsOf('export class Sample {\n  load(name: string) { return import(name); }\n}');
    expect(diagnostic).toMatchObject({ code: 'build/dynamic-import', file: 'src/plugin.ts', range: { startLine: 2 } });
  });
});

interface SampleClass {
  new (): { get(): string };
  all: { strings: string[]; template(x: string): string; raw: string; expressions: RegExp[] };
}

describe('text that the sandbox refuses on sight', () => {
  const source = String.raw`
const strings = ['import(', "a.import (x)", '<!-- x -->', 'import/* */', '\import('];
const template = (x: string) => ${'`'}import(${'$'}{x}) <!-- ${'`'};
const raw = String.raw${'`'}\n import(<!--\x41 -->${'`'};
const expressions = [/import(?:x)?\(/g, /(?<!--)>/, /[<!--x]+/, /-->/u];
export class Sample {
  static all = { strings, template, raw, expressions };
  import(x: string) { return x; }
  get() { return this.import('called'); }
}
`;

  it('is escaped in literals, comments and method names, and means the same', async () => {
    await workspace.write('src/plugin.ts', source);
    const { report, artifact } = await build();
    expect(report.diagnostics).toEqual([]);
    const code = artifact?.code ?? '';
    expect(code).not.toMatch(/(?<!\.)\bimport\s*[(/]|<!--|-->/);
    const { Sample } = load(code) as { Sample: SampleClass };
    const { strings, template, raw, expressions } = Sample.all;
    expect(strings).toEqual(['import(', 'a.import (x)', '<!-- x -->', 'import/* */', 'import(']);
    expect(template('y')).toBe('import(y) <!-- ');
    expect(raw).toBe('\\n import(<!--\\x41 -->');
    expect(new Sample().get()).toBe('called');
    const [call, lookbehind, range, arrow] = expressions;
    expect('importx('.match(call ?? /(?!)/)).not.toBeNull();
    expect(['->', '-->'].map((text) => lookbehind?.test(text))).toEqual([true, false]);
    expect(['!', '-', '<', 'x', '.'].map((text) => range?.test(text))).toEqual([true, true, true, true, false]);
    expect(arrow?.test('-->')).toBe(true);
  });

  it('leaves the source map true', async () => {
    await workspace.write(
      'src/plugin.ts',
      "export const Sample = ['import(', '<!--', () => { throw new Error('x'); }];\n",
    );
    const { code = '', readMap } = (await build()).artifact ?? {};
    const map = readMap?.();
    const lines = code.split('\n');
    const line = lines.findIndex((text) => text.includes('new Error'));
    const column = (lines[line]?.indexOf('new Error') ?? 0) + 1;
    const written = "export const Sample = ['import(', '<!--', () => { throw new Error('x'); }];";
    expect(map && createSourceMapReader(map).originalPosition(line + 1, column)).toEqual({
      source: 'src/plugin.ts',
      line: 1,
      column: written.indexOf('new Error') + 1,
    });
  });
});
