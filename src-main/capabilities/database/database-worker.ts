/**
 * The thread in which SQLite works for one plugin: a statement that never ends, or takes all memory, is this thread's
 * trouble, and the thread is replaced. Nothing stays open between statements, so each sees the file as it is.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'node-sqlite3-wasm';
import { jsonBytes } from '../json-bytes';
import { confineFilesTo } from './database-files';
import type { DatabaseThreadData, StatementAnswer, StatementRequest, StatementValue } from './database-protocol';

/** Of the engine, as far as it is used here: Node's types do not have it. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(delta: number): number;
}
declare const WebAssembly: {
  readonly Memory: { readonly prototype: WasmMemory };
  readonly RuntimeError: new () => Error;
};

const { rowBytes, memoryBytes, pages } = workerData as DatabaseThreadData;
const PAGE = 65_536;

/** Before SQLite is loaded: a growth that is refused is, for it, the end of memory, and an error of the statement. */
function limitMemory(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function limited(this: WasmMemory, delta: number) {
    if (this.buffer.byteLength + delta * PAGE > memoryBytes) throw new RangeError('No more memory.');
    return grow.call(this, delta);
  };
}

limitMemory();

class Refusal extends Error {
  constructor(
    readonly code: 'failed' | 'too-large',
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

function fromSqlite(value: unknown, column: string): StatementValue {
  if (typeof value === 'bigint') {
    if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
    throw new Refusal('failed', 'integer', `${column} is an integer beyond 2^53. Select CAST(${column} AS TEXT).`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Refusal('failed', 'infinite', `${column} is infinite. Select CAST(${column} AS TEXT).`);
  }
  return value as StatementValue;
}

function readRows(database: Database, { sql, params }: StatementRequest) {
  const statement = database.prepare(sql);
  const rows: Record<string, StatementValue>[] = [];
  let bytes = 0;
  try {
    for (const found of statement.iterate([...params])) {
      const row: Record<string, StatementValue> = {};
      for (const [column, value] of Object.entries(found)) {
        row[column] = fromSqlite(value, column);
      }
      bytes += jsonBytes(row);
      if (bytes > rowBytes) {
        const most = `${rowBytes / 1024 / 1024} MB`;
        throw new Refusal(
          'too-large',
          'rows',
          `The rows have more than ${most}, which is the most that one query answers. Add a LIMIT, or select fewer columns.`,
        );
      }
      rows.push(row);
    }
    return { rows };
  } finally {
    statement.finalize();
  }
}

function change(database: Database, { sql, params }: StatementRequest) {
  const { changes, lastInsertRowid } = database.run(sql, [...params]);
  return { changes, lastInsertRowid: fromSqlite(lastInsertRowid, 'last_insert_rowid') as number };
}

async function answer(request: StatementRequest): Promise<StatementAnswer> {
  const { Database } = await import('node-sqlite3-wasm');
  confineFilesTo(request.file);
  const database = new Database(request.file);
  try {
    database.exec(`PRAGMA max_page_count = ${pages}`);
    return { id: request.id, ...(request.wantsRows ? readRows(database, request) : change(database, request)) };
  } finally {
    database.close();
  }
}

/** What the statement says wrong is the plugin's; what the file or the disk does is not. */
const PLUGIN_FAULTS =
  /syntax error|no such|already exists|incomplete input|Unrecognized token|unrecognized token|Too many|values for|column|ambiguous/i;

function describeFailure(id: number, error: unknown): StatementAnswer {
  if (error instanceof Refusal) {
    const { code, reason, message } = error;
    return { id, error: { code, reason, message } };
  }
  const message = error instanceof Error ? error.message : String(error);
  const isLocked = /locked/.test(message);
  const isBroken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
  const code = !isLocked && !isBroken && PLUGIN_FAULTS.test(message) ? 'invalid' : 'failed';
  const reason = isLocked ? 'locked' : isBroken || /out of memory/.test(message) ? 'memory' : 'sqlite';
  return { id, error: { code, reason, message } };
}

parentPort?.on('message', (request: StatementRequest) => {
  void answer(request)
    .catch((error: unknown) => describeFailure(request.id, error))
    .then((reply) => parentPort?.postMessage(reply));
});
