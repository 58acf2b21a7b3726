import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StudioError } from '@shared/errors';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { brokerBench, refused } from './broker.fixture';
import { localServers } from './network/servers.fixture';

const base = temporaryFolder();
const openBench = brokerBench(base);
const servers = localServers();

const site = { file: 'src/a.ts', line: 7, column: 3 };
const list = { path: '.' };
const files = { file_system_access: true };
const network = { network_access: true };
const messageOf = (work: Promise<unknown>) => work.catch((error: StudioError) => error.message);
const datagram = (host: string) => ({ host, port: 9, base64: '' });

describe('a capability', () => {
  it('is denied where plugin.json does not ask for it, with the place and the remedy', async () => {
    const { permissions, open, folder } = await openBench({ person: () => 'always' });
    const broker = await open();
    expect(await refused(broker.perform('file-list', list, { site }))).toBe('capabilities/denied undeclared');
    expect(await messageOf(broker.perform('file-read', { path: 'data/x.txt' }, { site }))).toBe(
      'read data/x.txt at src/a.ts:7 needs the capability file_system_access. plugin.json does not ask for it: add ' +
        '"file_system_access": true under "capabilities", and to "required_permissions".',
    );
    const text = await readFile(join(folder, 'plugin.json'), 'utf8');
    const [diagnostic] = permissions.denialDiagnostics(text);
    expect(diagnostic).toMatchObject({
      source: 'runtime',
      file: 'src/a.ts',
      range: { startLine: 7, startColumn: 3 },
      severity: 'error',
      code: 'capabilities/denied',
      fixes: [{ title: 'Allow file_system_access in plugin.json' }],
    });
    const [edit] = diagnostic?.fixes?.[0]?.edits ?? [];
    if (edit === undefined) throw new Error('There is nothing to edit.');
    const edited = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
    expect(JSON.parse(edited)).toEqual({
      name: 'p',
      capabilities: { file_system_access: true, required_permissions: ['file_system_access'] },
    });
  });

  it('is denied where nobody granted it and nobody can be asked, with what to type', async () => {
    const { open } = await openBench({ capabilities: { ...files, ...network } });
    const broker = await open();
    expect(await messageOf(broker.perform('file-list', list, { site }))).toContain('add --allow file_system_access;');
    expect(await messageOf(broker.perform('udp-send', datagram('A.example')))).toContain(
      'add --allow network_access=a.example;',
    );
  });

  it('holds for the plugin alone and as long as it was granted', async () => {
    const { asked, open, store, folder } = await openBench({ capabilities: files, person: () => 'once' });
    const first = await open();
    await Promise.all([first.perform('file-list', list), first.perform('file-list', list)]);
    await first.perform('file-list', list);
    expect(asked).toEqual([
      expect.objectContaining({
        folder,
        pluginId: 'p:1.0.0',
        permission: 'file_system_access',
        what: 'list .',
        declared: true,
      }),
    ]);
    await first.close();
    await (await open()).perform('file-list', list);
    expect(asked).toHaveLength(2);
    expect(store.read(folder)).toEqual({ permissions: {}, hosts: [] });
  });

  it('granted for good is there after a restart, until it is taken back', async () => {
    const bench = await openBench({ capabilities: files, person: () => 'always' });
    await (await bench.open()).perform('file-list', list);
    const next = await openBench({ capabilities: files });
    const broker = await next.open();
    await broker.perform('file-list', list);
    await next.permissions.set('file_system_access', undefined, 'denied');
    expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied denied');
    await next.permissions.set('file_system_access', undefined, undefined);
    expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied not-granted');
  });

  it('is denied once or for good as the person says', async () => {
    for (const decision of ['deny', 'deny-always'] as const) {
      const { open, asked, permissions } = await openBench({ capabilities: files, person: () => decision });
      const broker = await open();
      expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied denied');
      expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied denied');
      expect(asked).toHaveLength(1);
      const { always } =
        permissions.state().permissions.find(({ permission }) => permission === 'file_system_access') ?? {};
      expect(always).toBe(decision === 'deny-always');
    }
  });

  it('keeps nothing of a path that no system takes', async () => {
    const { open, permissions } = await openBench({ capabilities: files, person: () => 'always' });
    const broker = await open();
    for (const operation of ['file-stat', 'file-read', 'file-list']) {
      expect(await refused(broker.perform(operation, { path: 'x'.repeat(4097) }))).toBe(
        'capabilities/invalid arguments',
      );
    }
    expect(permissions.state().uses).toEqual([]);
  });

  it('follows the manifest as it is now', async () => {
    const { open, declare } = await openBench({ capabilities: files, person: () => 'always' });
    const broker = await open();
    await broker.perform('file-list', list);
    declare({});
    expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied undeclared');
    declare({ required_permissions: ['file_system_access'] });
    await broker.perform('file-list', list);
  });

  it('that the command line allows is not asked for', async () => {
    const allowance = { permissions: ['file_system_access'] as const, hosts: ['127.0.0.1'] };
    const { open, store, folder } = await openBench({ capabilities: { ...files, ...network }, allowance });
    const broker = await open();
    await broker.perform('file-list', list);
    await broker.perform('udp-send', datagram('127.0.0.1'));
    expect(await refused(broker.perform('udp-send', datagram('127.0.0.2')))).toBe('capabilities/denied not-granted');
    expect(store.read(folder)).toEqual({ permissions: {}, hosts: [] });
  });

  it('process_execution is never granted', async () => {
    const { permissions } = await openBench({ capabilities: { process_execution: true } });
    const state = permissions.state().permissions.find(({ permission }) => permission === 'process_execution');
    expect(state).toEqual({ permission: 'process_execution', declared: true, grant: 'never', always: true });
  });

  it('stays denied outside of what can be had, with where that was tried', async () => {
    const { open, permissions } = await openBench({ capabilities: files, person: () => 'always' });
    const broker = await open();
    const work = broker.perform('file-read', { path: '/etc/passwd' }, { site });
    expect(await messageOf(work)).toMatch(
      /outside of what this plugin reaches.*\(src\/a\.ts:7, with file_system_access\)$/,
    );
    expect(await refused(work)).toBe('capabilities/denied outside');
    expect(permissions.state().uses.map(({ what, allowed }) => [what, allowed])).toEqual([
      ['read /etc/passwd', true],
      ['read /etc/passwd', false],
    ]);
  });
});

describe('a host', () => {
  it('is asked for once, and each on its own', async () => {
    const { open, asked, permissions } = await openBench({
      capabilities: network,
      person: ({ host }) => (host === '127.0.0.1' ? 'always' : 'deny'),
    });
    const broker = await open();
    const port = await servers.http((_, response) => response.writeHead(302, { location: 'http://[::1]:1/x' }).end());
    const url = `http://0x7f.1:${port}/list?token=s`;
    expect(await refused(broker.perform('http-fetch', { url }, { site }))).toBe('capabilities/denied denied');
    expect(await broker.perform('http-fetch', { url, redirect: 'manual' })).toMatchObject({ status: 302 });
    expect(asked.map(({ host, what }) => [host, what])).toEqual([
      ['127.0.0.1', `GET http://127.0.0.1:${port}/list`],
      ['[::1]', 'redirect to [::1]:1'],
    ]);
    expect(permissions.state().hosts).toEqual([
      { host: '127.0.0.1', grant: 'granted', always: true },
      { host: '[::1]', grant: 'denied', always: false },
    ]);
  });

  it('that is denied wins over a network that it is in', async () => {
    const { open, permissions } = await openBench({ capabilities: network });
    await permissions.set('network_access', '127.0.0.0/8', 'granted');
    await permissions.set('network_access', '127.0.0.66', 'denied');
    const broker = await open();
    await broker.perform('udp-send', datagram('127.0.0.1'));
    expect(await refused(broker.perform('udp-send', datagram('127.0.0.66')))).toBe('capabilities/denied denied');
    await permissions.set('network_access', undefined, 'denied');
    expect(await refused(broker.perform('udp-send', datagram('127.0.0.1')))).toBe('capabilities/denied denied');
  });

  it('that was taken back ends what is open to it', async () => {
    const { open, permissions } = await openBench({ capabilities: network });
    await permissions.set('network_access', '127.0.0.1', 'granted');
    const broker = await open();
    const port = await servers.tcp((socket) => socket.write('hello'));
    const { handle } = (await broker.perform('tcp-open', { host: '127.0.0.1', port })) as { handle: number };
    expect(await broker.perform('tcp-read', { handle })).toEqual({ base64: 'aGVsbG8=' });
    await permissions.set('network_access', '127.0.0.1', undefined);
    expect(await refused(broker.perform('tcp-read', { handle }))).toBe('capabilities/denied denied');
    expect(await refused(broker.perform('tcp-write', { handle, base64: '' }))).toBe('capabilities/denied denied');
    expect(await broker.perform('tcp-close', { handle })).toBeNull();
  });

  it('that a granted name leads to is not reached for that', async () => {
    let reached = 0;
    const port = await servers.http((_, response) => response.end(String(++reached)));
    const { open, permissions } = await openBench({ capabilities: network });
    await permissions.set('network_access', 'rebind.example', 'granted');
    const broker = await open({ lookup: async () => [{ address: '127.0.0.1' }] });
    const fetch = () => broker.perform('http-fetch', { url: `http://rebind.example:${port}/` });
    expect(await refused(fetch())).toBe('capabilities/denied rebinding');
    expect(reached).toBe(0);
    await permissions.set('network_access', '127.0.0.1', 'granted');
    expect(await fetch()).toMatchObject({ status: 200 });
  });
});

describe('an operation', () => {
  it.each([
    ['exec', {}],
    ['constructor', {}],
    ['__proto__', {}],
    ['file-read', undefined],
    ['file-read', { path: 1 }],
    ['file-read', { path: '' }],
    ['tcp-open', { host: 'a', port: 0 }],
    ['tcp-open', { host: 'a', port: 65_536 }],
    ['tcp-read', { handle: -1 }],
    ['http-fetch', { url: 'https://a', headers: { a: 1 } }],
    ['db-query', { file: 'a', sql: 'SELECT 1', params: [{}] }],
    ['udp-send', 'text'],
  ])('%s with %j breaks the contract', async (name, args) => {
    const { open } = await openBench({
      capabilities: { ...files, ...network, database_access: true },
      person: () => 'once',
    });
    expect(await refused((await open()).perform(name, args))).toMatch(/^capabilities\/invalid /);
  });

  it('works on files and databases of the plugin', async () => {
    const { open, folder } = await openBench({
      capabilities: { ...files, database_access: true },
      person: () => 'once',
    });
    const broker = await open();
    await broker.perform('file-write', { path: 'a.txt', base64: 'YQ==' });
    expect(await broker.perform('file-read', { path: join(folder, 'a.txt') })).toEqual({ base64: 'YQ==' });
    const sql = 'SELECT ? AS n, ? AS b';
    expect(await broker.perform('db-query', { file: 'a.db', sql, params: [1, { base64: 'AA==' }] })).toEqual([
      { n: 1, b: { base64: 'AA==' } },
    ]);
  });

  it('waits for the person with the time standing still, and is forgotten with the plugin', async () => {
    const { open, questions } = await openBench({ capabilities: files, person: () => undefined });
    const broker = await open();
    let held = 0;
    const hold = async <Result>(work: () => Promise<Result>) => {
      held++;
      return work().finally(() => held--);
    };
    const settled: string[] = [];
    questions.onDidSettle.on(({ questionId }) => settled.push(questionId));
    const asked = new Promise<void>((resolve) => questions.onDidAsk.on(() => resolve()));
    const work = refused(broker.perform('file-list', list, { hold }));
    await asked;
    expect(held).toBe(1);
    const [question] = questions.list();
    await broker.close();
    expect(await work).toBe('capabilities/failed ECANCELED');
    expect([held, questions.list(), settled]).toEqual([0, [], [question?.questionId]]);
    expect(await refused(broker.perform('file-list', list))).toBe('capabilities/failed ECANCELED');
  });

  it('is one of a bounded number that wait', async () => {
    const { open } = await openBench({ capabilities: files, person: () => undefined });
    const broker = await open();
    const all = Array.from({ length: 1001 }, () => refused(broker.perform('file-list', list)));
    expect(await all.at(-1)).toBe('capabilities/too-large undefined');
    await broker.close();
    expect(new Set((await Promise.all(all)).slice(0, -1))).toEqual(new Set(['capabilities/failed ECANCELED']));
    const large = await open();
    const path = 'a';
    const base64 = 'A'.repeat(20 * 1024 * 1024);
    const writes = Array.from({ length: 5 }, () => refused(large.perform('file-write', { path, base64 })));
    expect(await writes[4]).toBe('capabilities/too-large undefined');
    await expect(large.perform('file-write', { path, base64 })).rejects.toThrow(
      /more than 96\.0 MB together\. Await what was asked/,
    );
  });

  it('is asked with no more than fits into a message', async () => {
    const { open } = await openBench({ capabilities: files, person: () => 'once' });
    const broker = await open();
    const params = Array.from({ length: 40 }, () => 'x'.repeat(1024 * 1024));
    await expect(broker.perform('db-execute', { file: 'd.db', sql: 'SELECT 1', params })).rejects.toMatchObject({
      code: 'capabilities/too-large',
      message: expect.stringMatching(/db-execute was asked with 40\.0 MB; 32\.0 MB can go at once\. Ask in parts/),
    });
  });

  it('leaves nothing behind when the plugin ends', async () => {
    const { open } = await openBench({ capabilities: files, person: () => 'once' });
    const tempFolder = join(base.path, 'own-temp');
    await writeFile(join(base.path, 'outside'), '');
    await mkdir(tempFolder);
    const broker = await open({ tempFolder });
    await broker.perform('file-write', { path: join(tempFolder, 'a'), base64: '' });
    const atWork = Array.from({ length: 200 }, (_, at) =>
      refused(broker.perform('file-write', { path: join(tempFolder, `${at}`), base64: 'YQ==' })),
    );
    await broker.close();
    await Promise.all(atWork);
    await expect(stat(tempFolder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the recorder', () => {
  it('asks for what plugin.json does not, and proposes the least that it must say', async () => {
    const capabilities = {
      event_types: ['a.b'],
      network_access: true,
      required_permissions: ['network_access', 'own'],
    };
    const { open, permissions, asked, folder } = await openBench({ capabilities, person: () => 'once' });
    const broker = await open();
    permissions.setRecording(true);
    await broker.perform('file-list', list);
    await broker.perform('file-list', list);
    expect(asked).toEqual([expect.objectContaining({ permission: 'file_system_access', declared: false })]);
    const text = await readFile(join(folder, 'plugin.json'), 'utf8');
    const { proposal, recording } = permissions.state(text);
    expect(recording).toBe(true);
    expect(proposal).toMatchObject({
      hosts: [],
      capabilities: {
        event_types: ['a.b'],
        file_system_access: true,
        required_permissions: ['own', 'file_system_access'],
      },
    });
    const [edit] = proposal?.fix?.edits ?? [];
    if (edit === undefined) throw new Error('There is nothing to edit.');
    const edited = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
    expect(JSON.parse(edited)).toEqual({ name: 'p', capabilities: proposal?.capabilities });
    permissions.setRecording(false);
    expect(await refused(broker.perform('file-list', list))).toBe('capabilities/denied undeclared');
    expect(permissions.state(edited).proposal?.fix).toBeUndefined();
  });

  it('counts what is used, with hosts, and hides what is secret', async () => {
    const { open, permissions } = await openBench({
      capabilities: network,
      person: () => 'once',
      redact: (text) => text.replaceAll('hush', '••••••'),
    });
    permissions.setRecording(true);
    const broker = await open();
    const port = await servers.http((_, response) => response.end());
    for (let turn = 0; turn < 3; turn++) {
      await broker.perform('http-fetch', { url: `http://127.0.0.1:${port}/hush` }, { site });
    }
    expect(permissions.state().uses).toEqual([
      expect.objectContaining({
        what: `GET http://127.0.0.1:${port}/••••••`,
        operation: 'http-fetch',
        host: '127.0.0.1',
        count: 3,
        site,
      }),
    ]);
    expect(permissions.state().proposal?.hosts).toEqual(['127.0.0.1']);
  });
});

describe('after a run', () => {
  it('a permission that was asked for and not used is a warning that can remove it', async () => {
    const { open, permissions, folder } = await openBench({
      capabilities: { ...files, ...network, process_execution: true, required_permissions: ['database_access'] },
      person: () => 'once',
    });
    await (await open()).perform('file-list', list);
    const text = await readFile(join(folder, 'plugin.json'), 'utf8');
    expect(permissions.unusedDiagnostics(text)).toEqual([]);
    permissions.noteRun();
    const found = permissions.unusedDiagnostics(text);
    expect(found.map(({ code, pointer, range }) => [code, pointer, range.startLine])).toEqual([
      ['manifest/unused-permission', '/capabilities/network_access', 5],
      ['manifest/unused-permission', '/capabilities/required_permissions/0', 8],
    ]);
    const [edit] = found[0]?.fixes?.[0]?.edits ?? [];
    if (edit === undefined) throw new Error('There is nothing to edit.');
    const edited = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
    expect(JSON.parse(edited).capabilities).not.toHaveProperty('network_access');
  });
});

describe('grants', () => {
  it('in a broken file are set aside, and nothing is granted', async () => {
    await writeFile(join(base.path, 'grants.json'), '{"version":1,"plugins":{"/p":{"permissions":{"x":"granted"}');
    const { store, warnings, folder } = await openBench();
    expect(store.read(folder)).toEqual({ permissions: {}, hosts: [] });
    expect(warnings).toEqual([expect.stringContaining('The file is now')]);
  });

  it('of several folders and studios are kept side by side', async () => {
    const one = await openBench();
    const other = await openBench();
    await one.store.write('/a', { permissions: { file_system_access: 'granted' }, hosts: [] });
    await other.store.write('/b', { permissions: {}, hosts: [{ host: 'a.example', grant: 'denied' }] });
    const next = await openBench();
    expect(next.store.read('/a').permissions).toEqual({ file_system_access: 'granted' });
    expect(next.store.read('/b').hosts).toEqual([{ host: 'a.example', grant: 'denied' }]);
  });
});
