import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PermissionQuestion } from '@shared/contracts/permissions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createBroker,
  createPluginPermissions,
  createQuestions,
  openGrantStore,
  type PluginPermissions,
  type Questions,
} from '../capabilities';
import {
  analyzer,
  databaseWorkerFile,
  openWorkshop,
  type PluginWorkshop,
  runtimes,
  soon,
} from './plugin-workshop.fixture';

let workshop: PluginWorkshop;
let permissions: PluginPermissions;
let questions: Questions;
let server: Server;
let url: string;
afterEach(async () => {
  await workshop.close();
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  server = createServer((_, response) => response.setHeader('X-Kind', 'feed').end('{"a":[1]}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
});

const ALL = { file_system_access: true, network_access: true, database_access: true };
const GRANTED = { permissions: ['file_system_access', 'database_access'] as const, hosts: ['127.0.0.1'] };

interface Terms {
  readonly capabilities?: object;
  readonly allowance?: { permissions: readonly ('file_system_access' | 'database_access')[]; hosts: readonly string[] };
  readonly asks?: boolean;
}

async function start(body: string, { capabilities = ALL, allowance = GRANTED, asks = false }: Terms = {}) {
  const artifact = await workshop.build(analyzer(`async enrich(given) {\n${body}\n}`));
  const store = await openGrantStore(join(workshop.folder, 'grants.json'), () => undefined);
  questions = createQuestions();
  permissions = createPluginPermissions({
    folder: workshop.folder,
    capabilities: () => capabilities,
    pluginId: () => 'sample:1.0.0',
    store,
    allowance,
    ...(asks ? { questions } : {}),
  });
  const manifest = { name: 'sample', version: '1.0.0' };
  const { folder } = workshop;
  const openBroker = (tempFolder: string) => createBroker({ folder, tempFolder, permissions, databaseWorkerFile });
  return workshop.supervisor.start({ folder, manifest, artifact, config: {}, generation: 1, openBroker });
}

describe.each(runtimes)('capabilities of a plugin in $name', ({ execPath }) => {
  beforeEach(async () => {
    workshop = await openWorkshop({}, execPath);
  });

  it('reach files, hosts and databases as they were granted', async () => {
    const plugin = await start(`
      await this.files.makeFolder('data');
      await this.files.write('data/a.txt', 'grüß');
      await this.files.append('data/a.txt', new TextEncoder().encode('!'));
      const temp = this.context.temp_directory + '/t';
      await this.files.write(temp, new Uint8Array([1, 2]));
      const bytes = await this.files.readBytes(temp);
      const answer = await fetch(new URL(given.url));
      await this.db.execute('a.db', 'CREATE TABLE t(v)');
      const written = await this.db.execute('a.db', 'INSERT INTO t VALUES (?), (?)', ['x', bytes]);
      const rows = await this.db.query('a.db', 'SELECT v FROM t');
      return {
        text: await this.files.readText('data/a.txt'),
        names: (await this.files.list('data')).map(({ name }) => name),
        none: (await this.files.stat('nothing')) === undefined,
        bytes: [bytes.constructor === Uint8Array, bytes.buffer.byteLength, ...bytes],
        answer: [answer.ok, answer.status, answer.headers.get('x-KIND'), await answer.json()],
        written,
        rows: [rows[0].v, [...rows[1].v]],
      };
    `);
    expect(await plugin.invoke('enrich', [{ url }], soon)).toEqual({
      text: 'grüß!',
      names: ['a.txt'],
      none: true,
      bytes: [true, 2, 1, 2],
      answer: [true, 200, 'feed', { a: [1] }],
      written: { changes: 2, last_insert_rowid: 2 },
      rows: ['x', [1, 2]],
    });
    expect(await readFile(join(workshop.folder, 'data/a.txt'), 'utf8')).toBe('grüß!');
  });

  it('are denied by name, with the place in the source, as an error that the plugin can catch', async () => {
    const plugin = await start(
      `const told = [];
      for (const attempt of [
        () => this.files.readText('x'),
        () => fetch('http://127.0.0.2/'),
        () => this.network.connect({ host: '127.0.0.2', port: 1 }),
        () => this.db.query('../a.db', 'SELECT 1'),
      ]) {
        try { await attempt(); } catch (error) {
          told.push([error.name, error instanceof sdk.SecurityError, error instanceof Error, error.details.reason, error.message]);
        }
      }
      return told;`,
      { capabilities: { network_access: true, database_access: true } },
    );
    const told = (await plugin.invoke('enrich', [], soon)) as string[][];
    expect(told.map(([name, isIt, isError, reason]) => [name, isIt, isError, reason])).toEqual([
      ['SecurityError', true, true, 'undeclared'],
      ['SecurityError', true, true, 'not-granted'],
      ['SecurityError', true, true, 'not-granted'],
      ['SecurityError', true, true, 'outside'],
    ]);
    const source = (await readFile(join(workshop.folder, 'src/sample.ts'), 'utf8')).split('\n');
    const line = (text: string) => source.findIndex((found) => found.includes(text)) + 1;
    expect(told[0]?.[4]).toContain(
      `read x at src/sample.ts:${line('readText')} needs the capability file_system_access`,
    );
    expect(told[1]?.[4]).toContain(`src/sample.ts:${line('fetch(')} needs the capability network_access to 127.0.0.2`);
    expect(told[3]?.[4]).toContain(`src/sample.ts:${line('../a.db')}, with database_access`);
    expect(permissions.denialDiagnostics(undefined).map(({ file, range }) => [file, range.startLine])).toEqual([
      ['src/sample.ts', line('readText')],
      ['src/sample.ts', line('fetch(')],
      ['src/sample.ts', line('connect(')],
      ['src/sample.ts', line('../a.db')],
    ]);
  });

  it('hand out nothing of the host, and copy what they are given once', async () => {
    const plugin = await start(`
      const answer = await fetch(given.url);
      const bytes = await answer.bytes();
      const connection = await this.network.connect({ host: '127.0.0.1', port: Number(new URL(given.url).port) });
      const error = await this.files.readText('/etc/passwd').catch((thrown) => thrown);
      const reached = [answer, answer.headers, bytes, bytes.buffer, connection, error, error.details, fetch, this.files.readText, this.db, this.network]
        .map((value) => {
          try { return value.constructor.constructor('return typeof process === "object" ? typeof process.pid : "none"')(); }
          catch (thrown) { return thrown.name; }
        });
      let asked = 0;
      const shifty = { get url() { return 'http://127.0.0.2/'; }, get host() { return ++asked === 1 ? '127.0.0.2' : '127.0.0.1'; }, port: 1 };
      const refused = await this.network.connect(shifty).catch(({ name, details }) => [name, details.host]);
      const frozen = [Object.isFrozen(answer), Object.isFrozen(connection), Object.isFrozen(this.files), Object.isFrozen(fetch)];
      const typed = await this.files.write('a', 5).catch(({ name }) => name);
      const bad = await this.files.readText({ toString: () => 'a' }).catch(({ name }) => name);
      await connection.close();
      return { reached: [...new Set(reached)], refused, asked, frozen, typed, bad, slot: bytes.buffer.byteLength === bytes.length };
    `);
    expect(await plugin.invoke('enrich', [{ url }], soon)).toEqual({
      reached: expect.not.arrayContaining(['number']),
      refused: ['SecurityError', '127.0.0.2'],
      asked: 1,
      frozen: [true, true, true, true],
      typed: 'ValidationError',
      bad: 'ValidationError',
      slot: true,
    });
  });
});

describe('a plugin', () => {
  beforeEach(async () => {
    workshop = await openWorkshop();
  });

  it('waits for the person with its time standing still', async () => {
    const plugin = await start(`return this.files.list('src');`, {
      allowance: { permissions: [], hosts: [] },
      asks: true,
    });
    const asked = new Promise<PermissionQuestion>((resolve) => questions.onDidAsk.on(resolve));
    const timeoutMs = 3000;
    const listed = plugin.invoke('enrich', [], { timeoutMs });
    const question = await asked;
    expect(question).toMatchObject({
      permission: 'file_system_access',
      what: 'list src',
      site: { file: 'src/sample.ts' },
    });
    // A call that began later, and that nothing holds, runs out of its time meanwhile.
    const endless = await workshop.start(analyzer('enrich() { return new Promise(() => {}); }'));
    await expect(endless.invoke('enrich', [], { timeoutMs })).rejects.toMatchObject({ code: 'plugins/timeout' });
    await permissions.decide(question, 'once');
    questions.answer(question.questionId, 'once');
    expect(await listed).toMatchObject([{ name: 'sample.ts' }]);
  });

  it('waits for the person while it takes a configuration, too', async () => {
    await workshop.close();
    workshop = await openWorkshop({ startupTimeoutMs: 3000 });
    const terms = { allowance: { permissions: [], hosts: [] }, asks: true };
    const plugin = await start("} async onConfigChanged() { await this.files.list('src');", terms);
    const asked = new Promise<PermissionQuestion>((resolve) => questions.onDidAsk.on(resolve));
    const applied = plugin.reloadConfig({ level: 1 }, 2);
    const question = await asked;
    // What begins later, and is not held, runs out of as much time meanwhile.
    const endless = await workshop.start(analyzer('enrich() { return new Promise(() => {}); }'));
    await expect(endless.invoke('enrich', [], { timeoutMs: 3000 })).rejects.toMatchObject({ code: 'plugins/timeout' });
    await permissions.decide(question, 'once');
    questions.answer(question.questionId, 'once');
    expect((await applied).error).toBeUndefined();
  });

  it('is stopped in its time, though nobody answers what it asks for in the end', async () => {
    await workshop.close();
    workshop = await openWorkshop({ shutdownTimeoutMs: 300 });
    const terms = { allowance: { permissions: [], hosts: [] }, asks: true };
    const plugin = await start('} async shutdown() { await this.files.list(".");', terms);
    await plugin.stop();
    expect(plugin.status().state).toBe('stopped');
    expect(questions.list()).toEqual([]);
  });

  it('that ends takes back its questions, its connections and its temporary files', async () => {
    const plugin = await start(
      `await this.files.write(this.context.temp_directory + '/a', 'x');
       await this.network.connect({ host: '127.0.0.1', port: given.port });
       return this.context.temp_directory;`,
    );
    const gone = new Promise<void>((resolve) => {
      server.once('connection', (socket) => socket.once('close', () => resolve()));
    });
    const temp = (await plugin.invoke('enrich', [{ port: (server.address() as AddressInfo).port }], soon)) as string;
    expect((await stat(temp)).isDirectory()).toBe(true);
    await plugin.stop();
    await gone;
    await expect(stat(temp)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('reads several large files at once, and its answers do not pile up', async () => {
    const size = 14 * 1024 * 1024;
    await mkdir(join(workshop.folder, 'large'));
    await writeFile(join(workshop.folder, 'large/a'), Buffer.alloc(size, 'a'));
    const plugin = await start(
      `return Promise.all([1, 2, 3, 4, 5].map(async () => (await this.files.readBytes('large/a')).length));`,
    );
    expect(await plugin.invoke('enrich', [], { timeoutMs: 60_000 })).toEqual(new Array(5).fill(size));
  }, 90_000);

  it('without a broker has no capability at all', async () => {
    const plugin = await workshop.start(
      analyzer(`async enrich() { return this.files.list('.').catch(({ name, message }) => name + ': ' + message); }`),
    );
    expect(await plugin.invoke('enrich', [], soon)).toMatch(/^SecurityError: This plugin was started without/);
  });
});
