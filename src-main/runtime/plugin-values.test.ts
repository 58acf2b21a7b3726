import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor } from '../config/redactor';
import type { PluginInstance } from './plugin-instance';
import { analyzer, openWorkshop, type PluginWorkshop, soon } from './plugin-workshop.fixture';

let workshop: PluginWorkshop;
let plugin: PluginInstance;
beforeAll(async () => {
  workshop = await openWorkshop();
  plugin = await workshop.start(analyzer('async enrich(body) { return new Function(body)(); }'));
});
afterAll(() => workshop.close());

/** Runs the body of a function within the plugin. */
const returning = (body: string) => plugin.invoke('enrich', [body], soon);

describe('a result of a plugin', () => {
  it.each([
    [
      'plain data',
      'return { a: [1, "x", true, null, { b: {} }], skipped: undefined };',
      { a: [1, 'x', true, null, { b: {} }] },
    ],
    [
      'dates and what has toJSON',
      'return [new Date(0), { toJSON: () => ({ t: 1 }) }, new URL("a://b/c")];',
      ['1970-01-01T00:00:00.000Z', { t: 1 }, 'a://b/c'],
    ],
    ['holes and undefined in lists', 'return [undefined, , 1];', [null, null, 1]],
    ['the same object twice, side by side', 'const x = { a: 1 }; return [x, x];', [{ a: 1 }, { a: 1 }]],
    ['a getter, which is read once', 'let n = 0; return { get a() { return ++n; } };', { a: 1 }],
    [
      'fields named like methods of objects',
      'return { constructor: 1, toString: 2, hasOwnProperty: 3 };',
      { constructor: 1, toString: 2, hasOwnProperty: 3 },
    ],
    ['nothing', 'return;', undefined],
  ])('may be %s', async (_name, body, expected) => {
    expect(await returning(body)).toEqual(expected);
  });

  it.each([
    [
      'a cycle',
      'const x = { list: [] }; x.list.push({ x }); return x;',
      'result.list[0].x cannot leave the plugin: it is result again',
    ],
    [
      'a BigInt',
      'return { findings: [{ size: 1n }] };',
      'result.findings[0].size cannot leave the plugin: it is a BigInt',
    ],
    ['NaN', 'return { a: 0 / 0 };', 'result.a cannot leave the plugin: it is NaN'],
    ['a function', 'return { a() {} };', 'result.a cannot leave the plugin: it is a function'],
    ['a symbol', 'return [Symbol("x")];', 'result[0] cannot leave the plugin: it is a symbol'],
    [
      'a Map',
      'return { "a b": new Map() };',
      'result["a b"] cannot leave the plugin: it is a Map. Send Object.fromEntries',
    ],
    ['a Set', 'return new Set();', 'result cannot leave the plugin: it is a Set'],
    [
      'a promise in it',
      'return { later: Promise.resolve(1) };',
      'result.later cannot leave the plugin: it is a Promise. Await it',
    ],
    ['binary data', 'return new Uint8Array(2);', 'result cannot leave the plugin: it is binary data'],
    [
      'a field __proto__',
      'return JSON.parse(\'{"a":{"__proto__":{"polluted":1}}}\');',
      'result.a cannot leave the plugin: it has a field "__proto__"',
    ],
    ['too deep', 'let x = {}; for (let i = 0; i < 300; i++) x = { x }; return x;', 'more than 200 levels deep'],
    ['endless by toJSON', 'const x = { toJSON: () => ({ x }) }; return x;', 'so the value has no end'],
    ['too large', 'return "x".repeat(33 * 1024 * 1024);', 'takes more than 32 MB'],
    ['too large as JSON', 'return "\\u0001".repeat(8 * 1024 * 1024);', 'takes more than 32 MB'],
    ['a getter that throws', 'return { get a() { throw new RangeError("mine"); } };', 'RangeError: mine'],
  ])('that is %s is an error which says where', async (_name, body, message) => {
    await expect(returning(body)).rejects.toThrow(message);
  });

  it('of several megabytes comes through whole', async () => {
    const rows = (await returning(
      'return Array.from({ length: 50000 }, (_, i) => ({ i, text: "ä".repeat(20) }));',
    )) as { i: number }[];
    expect(rows).toHaveLength(50_000);
    expect(rows.at(-1)).toEqual({ i: 49_999, text: 'ä'.repeat(20) });
  });
});

describe('the log of a plugin', () => {
  it('has its levels, its parts as text, and the run', async () => {
    const plugin = await workshop.start(
      analyzer(`async enrich() {
        this.logger.debug('a', 1, { b: [2] });
        this.logger.info(undefined, null, 5n, Symbol('s'));
        console.warn('c', () => 1);
        this.logger.warning({ get x() { throw new Error('no'); } });
        const cycle = {}; cycle.self = cycle;
        console.error(cycle);
        this.logger.error('x'.repeat(20000));
        return 1;
      }`),
    );
    await plugin.invoke('enrich', [], { ...soon, runId: 'run-3' });
    const { entries, missed } = plugin.log.read(0, 100);
    expect(missed).toBe(0);
    expect(entries.map(({ level, message }) => [level, message.length > 200 ? message.slice(-30) : message])).toEqual([
      ['debug', 'a 1'],
      ['info', 'undefined null 5 Symbol(s)'],
      ['warning', expect.stringMatching(/^c \[function/)],
      ['warning', '[[object Object]: no]'],
      ['error', expect.stringContaining('so the value has no end')],
      ['error', 'xxxxxxxx… (3664 more characters)'.slice(-30)],
    ]);
    expect(entries[0]?.fields).toEqual({ b: [2] });
    expect(entries.every(({ runId }) => runId === 'run-3')).toBe(true);
  });

  it('tells two calls that run at once apart, also after an await', async () => {
    const plugin = await workshop.start(
      analyzer(`async enrich(name) {
        await new Promise((done) => setTimeout(done, name === 'one' ? 20 : 5));
        this.logger.info(name);
      }`),
    );
    await Promise.all([
      plugin.invoke('enrich', ['one'], { ...soon, runId: 'run-one' }),
      plugin.invoke('enrich', ['two'], { ...soon, runId: 'run-two' }),
    ]);
    const told = plugin.log.read(0, 10).entries.map(({ message, runId }) => `${message}: ${runId}`);
    expect(told.sort()).toEqual(['one: run-one', 'two: run-two']);
  });

  it('maps the stack of a logged error to the source', async () => {
    const plugin = await workshop.start(
      analyzer("async enrich() {\n    this.logger.error('failed:', new Error('here'));\n  }"),
    );
    await plugin.invoke('enrich', [], soon);
    expect(plugin.log.read(0, 10).entries[0]?.message).toMatch(
      /^failed: Error: here\n\s+at Sample\.enrich \(src\/sample\.ts:8:34\)$/,
    );
  });
});

it('a secret that reads like a word of the protocol is hidden in what the plugin says, and nowhere else', async () => {
  const redactor = createRedactor();
  redactor.learn(['result', 'info']);
  const { folder, supervisor } = workshop;
  const artifact = await workshop.build(analyzer("async enrich() { this.logger.info('info'); return ['result', 1]; }"));
  const manifest = { name: 'sample', version: '1.0.0' };
  const { redact } = redactor;
  const own = await supervisor.start({ folder, manifest, artifact, config: {}, generation: 1, redact });
  expect(await own.invoke('enrich', [], soon)).toEqual(['••••••', 1]);
  expect(own.log.read(0, 10).entries).toMatchObject([{ level: 'info', message: '••••••' }]);
});
