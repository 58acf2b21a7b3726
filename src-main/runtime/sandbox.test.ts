import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyzer, openWorkshop, type PluginWorkshop, runtimes, soon } from './plugin-workshop.fixture';
import { escapes } from './sandbox-escapes.fixture';

let workshop: PluginWorkshop;
afterEach(() => workshop.close());

describe.each(runtimes)('the sandbox in $name', ({ execPath }) => {
  beforeEach(async () => {
    workshop = await openWorkshop({}, execPath);
  });

  const run = async (body: string, before = '') => {
    const plugin = await workshop.start(analyzer(`async enrich() { ${body} }`, before));
    return plugin.invoke('enrich', [], soon);
  };

  it('denies every escape of the collection', async () => {
    const { tried, out, changed } = (await run(
      'const outcome = await tryEscapes(this); return { ...outcome, changed: tryChanges(this) };',
      escapes.replaceAll('export ', ''),
    )) as { tried: number; out: string[]; changed: string[] };
    expect(tried).toBeGreaterThanOrEqual(50);
    expect(out).toEqual([]);
    expect(changed).toEqual([]);
  });

  it('names the capability that a refused global needs', async () => {
    const told = await run(`
      const told = {};
      const attempts = {
        WebSocket: () => new WebSocket('ws://example.org'),
        Worker: () => new Worker('x'),
        exit: () => process.exit(1),
        fs: () => require(['node:fs'][0]),
        child: () => require(['child_process'][0]),
        pg: () => require(['pg'][0]),
      };
      for (const [name, attempt] of Object.entries(attempts)) {
        try { attempt(); } catch (error) {
          told[name] = [error.name, error instanceof sdk.SecurityError, error instanceof sdk.PluginError, error.message];
        }
      }
      return told;
    `);
    const refused = (capability: string) => [
      'SecurityError',
      true,
      true,
      expect.stringMatching(new RegExp(`needs the capability ${capability}`)),
    ];
    expect(told).toEqual({
      WebSocket: refused('network_access'),
      Worker: refused('process_execution'),
      exit: refused('process_execution'),
      fs: refused('file_system_access'),
      child: refused('process_execution'),
      pg: refused('database_access'),
    });
  });

  it('says what to use in the place of what only Node has, and lets libraries look for it', async () => {
    const told = await run(`
      const told = {};
      const attempts = {
        from: () => Buffer.from('x'),
        alloc: () => globalThis.Buffer.alloc(1),
        require: () => globalThis.require(['fs'][0]),
        place: () => __dirname + '/rules.json',
        file: () => \`\${__filename}\`,
        read: () => global.cache.entries,
        write: () => { global.cache = {}; },
        later: () => setImmediate(() => undefined),
      };
      for (const [name, attempt] of Object.entries(attempts)) {
        try { attempt(); } catch (error) { told[name] = error.message; }
      }
      const own = ((Buffer) => Buffer.from('own'))({ from: (text) => text });
      return {
        told,
        own,
        looks: [typeof Buffer, typeof Buffer !== 'undefined' && Buffer.isBuffer(1), typeof __dirname === 'string'],
        global: [global.Object === Object, global.Buffer, global.window, typeof global.setTimeout],
      };
    `);
    const instead = (start: string) => expect.stringMatching(new RegExp(`^${start} is not in the sandbox\\. Use `));
    expect(told).toEqual({
      told: {
        from: instead('Buffer\\.from'),
        alloc: instead('Buffer\\.alloc'),
        require: expect.stringMatching(/^require\("fs"\) is not in the sandbox\. Use context\.files/),
        place: instead('__dirname'),
        file: instead('__filename'),
        read: instead('global\\.cache'),
        write: instead('Setting a field of global'),
        later: instead('setImmediate'),
      },
      own: 'own',
      looks: ['undefined', false, false],
      global: [true, null, null, 'function'],
    });
  });

  it('has what a plugin needs, and answers the usual questions for Node with no', async () => {
    expect(
      await run(`
        const url = new URL('https://a.example/p?q=1#h');
        const bytes = crypto.getRandomValues(new Uint8Array(8));
        const order = [];
        const cancelled = setTimeout(() => order.push('cancelled'), 0);
        clearTimeout(cancelled);
        queueMicrotask(() => order.push('microtask'));
        await new Promise((done) => setTimeout((text) => { order.push(text); done(); }, 1, 'timer'));
        return {
          url: [url.host, url.searchParams.get('q')],
          text: new TextDecoder().decode(new TextEncoder().encode('äß')),
          base64: atob(btoa('plain')),
          clone: structuredClone(new Map([[1, { a: new Date(0) }]])).get(1).a.toISOString(),
          random: [bytes.length, /^[0-9a-f-]{36}$/.test(crypto.randomUUID()), Math.random() < 1],
          now: Date.now() > 1e12 && new Date().getFullYear() > 2000,
          timer: typeof cancelled,
          order,
          node: typeof process !== 'undefined' && process.versions != null && process.versions.node != null,
          types: [typeof window, typeof document, typeof Buffer, typeof WebAssembly],
          eval: new Function('a', 'return a + 1')(1),
          split: 'a1b2'.split(/\\d/), replace: 'aXb'.replace(/x/i, '-'),
        };
      `),
    ).toEqual({
      url: ['a.example', '1'],
      text: 'äß',
      base64: 'plain',
      clone: '1970-01-01T00:00:00.000Z',
      random: [8, true, true],
      now: true,
      timer: 'number',
      order: ['microtask', 'timer'],
      node: false,
      types: ['undefined', 'undefined', 'undefined', 'undefined'],
      eval: 2,
      split: ['a', 'b', ''],
      replace: 'a-b',
    });
  });

  it('loads rules that mention what it refuses', async () => {
    expect(
      await run(
        'return rules.map((rule) => rule.test("x import(y) <!-- eval(z) -->"));',
        `
        const rules = [/import\\(/, /<!--/, /-->/, /eval\\(/, new RegExp('import(?=\\\\()')];
        const texts = ['eval(', 'import(', '<!--', \`new Function(\${1})\`];
      `,
      ),
    ).toEqual([true, true, true, true, true]);
  });
});

const unprotectedHost = `{
  logger: { info() {}, debug() {} }, config: {}, context: {},
  eventBus: { publish: async (event) => event, getMetrics: async () => ({}) },
}`;

describe('the collection of escapes', () => {
  beforeEach(async () => {
    workshop = await openWorkshop();
  });

  /** Runs the collection in plain Node and resolves with the exit code. */
  const runUnprotected = async (end: string) => {
    const file = join(workshop.folder, 'unprotected.cjs');
    await writeFile(file, `${escapes.replaceAll('export ', '')}\nconst h = ${unprotectedHost};\n${end}`);
    const child = spawn(process.execPath, [file], { stdio: 'ignore' });
    return new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  };

  it('gets out where there is no sandbox, so that it is worth trying', async () => {
    const out = await runUnprotected('tryEscapes(h).then(({ out }) => process.exit(out.length));');
    expect(out).toBeGreaterThan(25);
    const changed = await runUnprotected('const exit = process.reallyExit; exit(tryChanges(h).length);');
    expect(changed).toBeGreaterThan(8);
  });
});
