import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isStudioError } from '@shared/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../files/temporary-folder.fixture';
import { createDatabaseOperations, type DatabaseOperations } from './database-operations';
import { createDatabaseThread, type DatabaseThread, type DatabaseThreadOptions } from './database-thread';

const workerFile = resolve(import.meta.dirname, '../../../out/test/database-worker.js');
const base = temporaryFolder();
const threads: DatabaseThread[] = [];
let folder: string;

const openDatabase = (options: Partial<DatabaseThreadOptions> = {}): DatabaseOperations => {
  const thread = createDatabaseThread({ workerFile, ...options });
  threads.push(thread);
  return createDatabaseOperations(
    { folder, tempFolder: join(base.path, 'temp'), givenPaths: () => [base.path] },
    thread,
  );
};

beforeEach(async () => {
  await mkdir(join(base.path, 'temp'));
  folder = await mkdtemp(join(base.path, 'plugin-'));
});
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
});

const never = new AbortController().signal;
type Value = string | number | null | { base64: string };
const query = (db: DatabaseOperations, sql: string, params: Value[] = [], file = 'data.db') =>
  db['db-query']({ file, sql, params }, never);
const execute = (db: DatabaseOperations, sql: string, params: Value[] = [], file = 'data.db') =>
  db['db-execute']({ file, sql, params }, never);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isStudioError(error) ? `${error.code} ${String(error.data.reason)}` : String(error)),
  );

const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

const MAGIC = Buffer.from('d9d505f920a163d7', 'hex');
const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
};

/** A journal as of a transaction over several databases: it names a file that SQLite may delete after it. */
function journalThatNames(file: string, pages: number): Buffer {
  const header = Buffer.concat([MAGIC, numbers(0, 1, pages, 512, 4096)], 512);
  const name = Buffer.from(file);
  const sum = name.reduce((total, byte) => total + byte, 0);
  const end = Buffer.concat([numbers(2 ** 30 / 4096 + 1), name, numbers(name.length, sum), MAGIC]);
  return Buffer.concat([header, end]);
}

describe('a database of a plugin', () => {
  it('keeps what was written, of every kind that SQLite knows', async () => {
    const db = openDatabase();
    await execute(db, 'CREATE TABLE "seen" (id INTEGER PRIMARY KEY, [value], `hash` BLOB)');
    const values: Value[] = ["it's; -- text", 1.5, { base64: 'AAH/' }, null];
    expect(
      await execute(db, 'INSERT INTO seen(value, hash) VALUES (?, ?), (?2, ?1)', [
        values[0] ?? null,
        values[2] ?? null,
      ]),
    ).toEqual({
      changes: 2,
      last_insert_rowid: 2,
    });
    await execute(db, 'INSERT INTO seen(value) VALUES (?), (?)', [values[1] ?? null, null]);
    expect(await query(openDatabase(), 'SELECT id, value, hash FROM seen ORDER BY id;')).toEqual([
      { id: 1, value: "it's; -- text", hash: { base64: 'AAH/' } },
      { id: 2, value: { base64: 'AAH/' }, hash: "it's; -- text" },
      { id: 3, value: 1.5, hash: null },
      { id: 4, value: null, hash: null },
    ]);
    expect(await readdir(folder)).toEqual(['data.db']);
  });

  it('takes many rows at once, and answers statements in the order of asking', async () => {
    const db = openDatabase();
    const rows = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => index));
    const [, written, counted] = await Promise.all([
      execute(db, 'CREATE TABLE t(n)'),
      execute(db, 'INSERT INTO t SELECT value FROM json_each(?)', [rows]),
      query(db, 'SELECT count(*) AS n, sum(n) AS total FROM t'),
    ]);
    expect(written.changes).toBe(10_000);
    expect(counted).toEqual([{ n: 10_000, total: 49_995_000 }]);
  });

  it('searches text', async () => {
    const db = openDatabase();
    await execute(db, 'CREATE VIRTUAL TABLE notes USING fts5(body)');
    await execute(db, 'INSERT INTO notes VALUES (?)', ['a quick brown fox']);
    expect(await query(db, 'SELECT body FROM notes WHERE notes MATCH ?', ['quick'])).toHaveLength(1);
  });

  it.each([
    ['several-statements', 'SELECT 1; DROP TABLE t'],
    ['several-statements', 'SELECT 1;/* */;SELECT 2'],
    ['text-literal', "SELECT 'x'"],
    ['text-literal', "SELECT x'00'"],
    ['text-literal', "SELECT '' /* it''s */"],
    ['named-parameter', 'SELECT :name'],
    ['named-parameter', 'SELECT $name'],
    ['named-parameter', 'SELECT @name'],
    ['not-allowed', 'ATTACH ? AS other'],
    ['not-allowed', '/* x */ attach ? as other'],
    ['not-allowed', '-- x\nDETACH other'],
    ['not-allowed', 'PRAGMA journal_mode = wal'],
    ['not-allowed', 'EXPLAIN PRAGMA journal_mode'],
    ['not-allowed', 'EXPLAIN QUERY PLAN ATTACH ? AS other'],
    ['not-allowed', 'VACUUM INTO ?'],
    ['not-allowed', 'VACUUM'],
    ['not-allowed', 'BEGIN'],
    ['not-allowed', 'SELECT load_extension(?)'],
    ['not-allowed', 'SELECT "load_extension" /**/ (?)'],
    ['not-allowed', 'SELECT fts3_tokenizer(?, ?)'],
    ['not-allowed', 'SELECT * FROM pragma_database_list'],
    ['not-allowed', 'SELECT * FROM [pragma_database_list]()'],
    ['not-allowed', 'CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT 1 END'],
    ['not-allowed', 'CREATE TEMP TRIGGER a AFTER INSERT ON t BEGIN SELECT 1 END'],
    ['not-allowed', 'CREATE VIRTUAL TABLE a USING dbstat(main)'],
    ['not-allowed', 'CREATE VIRTUAL TABLE IF NOT EXISTS a USING "csv"(x)'],
    ['syntax', ''],
    ['syntax', '  ; '],
    ['syntax', 'hello'],
    ['syntax', 'SELECT 1 /* open'],
    ['syntax', "SELECT 'open"],
    ['syntax', 'SELECT "open'],
    ['syntax', 'SELECT 1\0'],
    ['sqlite', 'SELECT FROM WHERE'],
    ['sqlite', 'SELECT * FROM missing'],
    ['sqlite', 'SELECT "no such column"'],
  ])('refuses, as %s, %s', async (reason, sql) => {
    expect(await refused(query(openDatabase(), sql))).toBe(`capabilities/invalid ${reason}`);
    expect((await readdir(folder)).filter((name) => name !== 'data.db')).toEqual([]);
  });

  it('is a file of the plugin, and nothing else', async () => {
    const db = openDatabase();
    await writeFile(join(base.path, 'canary.db'), '');
    await symlink(base.path, join(folder, 'out'));
    await symlink(join(base.path, 'journal'), join(folder, 'linked.db-journal'));
    await writeFile(join(folder, 'text.txt'), 'not a database, but longer than the head of one would be'.repeat(100));
    for (const file of [
      '../canary.db',
      join(base.path, 'canary.db'),
      'out/canary.db',
      'plugin.json',
      'config/a.db',
      'linked.db',
    ]) {
      expect(await refused(query(db, 'SELECT 1', [], file))).toMatch(/^capabilities\/denied (outside|link|guarded)$/);
    }
    expect(await refused(query(db, 'SELECT 1 FROM sqlite_schema', [], 'text.txt'))).toBe('capabilities/failed sqlite');
    expect(await refused(query(db, 'SELECT 1', [], 'no/folder.db'))).toBe('capabilities/failed sqlite');
    expect(await query(db, 'SELECT 1 AS one', [], join(base.path, 'temp', 'cache.db'))).toEqual([{ one: 1 }]);
  });

  it('outlives a statement without end, and takes back what that had half written', async () => {
    const db = openDatabase();
    await execute(db, 'CREATE TABLE t(id INTEGER PRIMARY KEY, v)');
    const rows = JSON.stringify(Array.from({ length: 3000 }, (_, index) => index));
    await execute(db, 'INSERT INTO t(id, v) SELECT value, ? FROM json_each(?)', ['old'.repeat(1000), rows]);
    const hasty = openDatabase({ timeoutMs: 3000 });
    const halfWay = ENDLESS.replace('SELECT count(*)', 'REPLACE INTO t SELECT i % 3000, zeroblob(900)');
    expect(await refused(query(hasty, ENDLESS))).toBe('capabilities/timeout undefined');
    expect(await refused(execute(hasty, halfWay))).toBe('capabilities/timeout undefined');
    expect(await readdir(folder)).toContain('data.db-journal');
    expect(await query(db, 'SELECT count(*) AS n FROM t WHERE v = ?', ['old'.repeat(1000)])).toEqual([{ n: 3000 }]);
    await execute(db, 'DELETE FROM t');
    expect(await readdir(folder)).toEqual(['data.db']);
  });

  it('deletes no other file, whatever a journal beside it says', async () => {
    const db = openDatabase();
    await execute(db, 'CREATE TABLE t(n)');
    await execute(db, 'INSERT INTO t VALUES (1)');
    const other = join(base.path, 'other.txt');
    await writeFile(other, "the person's own");
    const pages = (await readFile(join(folder, 'data.db'))).length / 4096;
    await writeFile(join(folder, 'data.db-journal'), journalThatNames(other, pages));
    expect(await query(db, 'SELECT n FROM t')).toEqual([{ n: 1 }]);
    expect(await readdir(folder)).toEqual(['data.db']);
    expect(await readFile(other, 'utf8')).toBe("the person's own");
  });

  it('stops with the call that asked', async () => {
    const stop = new AbortController();
    const db = openDatabase();
    await execute(db, 'CREATE TABLE t(n)');
    const work = db['db-query']({ file: 'data.db', sql: ENDLESS, params: [] }, stop.signal);
    const next = query(db, 'SELECT 1 AS one');
    stop.abort();
    expect(await refused(work)).toBe('capabilities/failed ECANCELED');
    expect(await next).toEqual([{ one: 1 }]);
  });

  it('takes no more memory, rows or room than it may', async () => {
    const db = openDatabase({ memoryBytes: 64 * 1024 * 1024, databaseBytes: 1024 * 1024 });
    expect(await refused(query(db, 'SELECT randomblob(900000000)'))).toBe('capabilities/failed memory');
    expect(await query(db, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT randomblob(1000000) FROM n';
    expect(await refused(query(db, many))).toBe('capabilities/too-large rows');
    // Text counts as what JSON makes of it: six bytes for such a character.
    const escaped = many.replace('randomblob(1000000)', 'replace(hex(zeroblob(250000)), char(48), char(1))');
    await expect(query(db, `${escaped} LIMIT 8`)).rejects.toMatchObject({
      code: 'capabilities/too-large',
      message: expect.stringMatching(/more than 18 MB.*Add a LIMIT, or select fewer columns/),
    });
    await execute(db, 'CREATE TABLE t(n)');
    expect(await refused(execute(db, 'INSERT INTO t VALUES (randomblob(4000000))'))).toBe('capabilities/failed sqlite');
    expect(await query(db, 'SELECT count(*) AS n FROM t')).toEqual([{ n: 0 }]);
  });

  it('bends no value on the way', async () => {
    const db = openDatabase();
    expect(await refused(query(db, 'SELECT 9007199254740993 AS n'))).toBe('capabilities/failed integer');
    expect(await refused(query(db, 'SELECT 9e999 AS n'))).toBe('capabilities/failed infinite');
    expect(await query(db, 'SELECT CAST(9007199254740993 AS TEXT) AS n, 9007199254740991 AS m')).toEqual([
      { n: '9007199254740993', m: 9_007_199_254_740_991 },
    ]);
  });
});
