/**
 * What plugins must not reach, planted for a test: a file, a database, a listener for HTTP, an environment variable,
 * and another plugin's folder, database, events, subscription and configuration. All of it holds a text that is found nowhere else.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Database } from 'node-sqlite3-wasm';

export const CANARY = `canary-${randomUUID()}`;
export const VARIABLE = 'PLANTED_CANARY';

export interface Canaries {
  /** Of the plugin that tries; it holds links that lead out. */
  readonly folder: string;
  /** Beside it. */
  readonly outside: string;
  /** For the cases. */
  readonly targets: Readonly<Record<string, unknown>>;
  /** Connections to the listener so far. */
  connections(): number;
  close(): Promise<void>;
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });

function makeDatabase(file: string) {
  const database = new Database(file);
  database.run('CREATE TABLE t(v)');
  database.run('INSERT INTO t VALUES (?)', [CANARY]);
  database.close();
}

const links: Readonly<Record<string, string>> = {
  'link-to-file': '../canary.txt',
  'link-to-folder': '..',
  'link-to-link': 'link-to-file',
  'link-to-nothing': '../canary.nothing',
  'link-to-database': '../canary.db',
};

async function writeFiles(outside: string, folder: string) {
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(outside, 'inner'));
  await mkdir(join(outside, 'other/config'), { recursive: true });
  await writeFile(join(outside, 'canary.txt'), CANARY);
  await writeFile(join(outside, 'removable.txt'), CANARY);
  await writeFile(join(outside, 'module.cjs'), `module.exports = ${JSON.stringify(CANARY)};`);
  await writeFile(join(outside, 'other/config/config.yaml'), `token: ${CANARY}`);
  makeDatabase(join(outside, 'other/own.db'));
  await mkdir(join(outside, 'temp/other'), { recursive: true });
  await writeFile(join(outside, 'temp/other/secret.txt'), CANARY);
  await writeFile(join(folder, 'own.txt'), 'own');
  await writeFile(join(folder, 'plugin.json'), '{"name":"sample","version":"1.0.0"}');
  for (const [name, target] of Object.entries(links)) await symlink(target, join(folder, name));
  makeDatabase(join(outside, 'canary.db'));
}

export async function plantCanaries(): Promise<Canaries> {
  const outside = await realpath(await mkdtemp(join(tmpdir(), 'mcp-canary-')));
  const folder = join(outside, 'plugin');
  await writeFiles(outside, folder);
  let connections = 0;
  const http = (status: string, body: string) =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
  const answering = (text: string, note = () => {}) =>
    createServer((socket) => {
      note();
      socket.on('error', () => socket.destroy()).once('data', () => socket.end(text));
    });
  const listener = answering(http('200 OK', CANARY), () => connections++);
  const port = await listen(listener);
  const url = `http://127.0.0.1:${port}/`;
  const redirecting = answering(http(`302 Found\r\nLocation: ${url}`, ''));
  const byName = url.replace('127.0.0.1', 'rebind.example');
  const redirectingByName = answering(http(`302 Found\r\nLocation: ${byName}`, ''));
  const file = join(outside, 'canary.txt');
  return {
    folder,
    outside,
    targets: {
      variable: VARIABLE,
      mark: CANARY,
      file,
      fileName: 'canary.txt',
      up: '../canary.txt',
      fromTemp: `${'../'.repeat(20)}${file.slice(1)}`,
      removable: '../removable.txt',
      module: join(outside, 'module.cjs'),
      moduleUrl: pathToFileURL(join(outside, 'module.cjs')).href,
      otherConfig: '../other/config/config.yaml',
      database: join(outside, 'canary.db'),
      databaseUp: '../canary.db',
      otherDatabase: '../other/own.db',
      otherTemp: 'other/secret.txt',
      port,
      url,
      redirect: `http://localhost:${await listen(redirecting)}/`,
      redirectByName: `http://localhost:${await listen(redirectingByName)}/`,
    },
    connections: () => connections,
    async close() {
      await Promise.all(
        [listener, redirecting, redirectingByName].map((server) => new Promise((done) => server.close(done))),
      );
      await rm(outside, { recursive: true, force: true });
    },
  };
}
