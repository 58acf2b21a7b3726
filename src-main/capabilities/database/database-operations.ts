/** SQLite databases of a plugin: files of its own folder, or of its temporary one. */
import type { OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import { toBase64 } from '../byte-limits';
import { type Reach, reachPath } from '../files/reach';
import { invalid } from '../refusals';
import { checkStatement } from './check-statement';
import type { StatementValue } from './database-protocol';
import type { DatabaseThread } from './database-thread';

type Params = OperationParams<'db-query'>;
type Row = OperationResult<'db-query'>[number];

export interface DatabaseOperations {
  'db-query'(params: Params, signal: AbortSignal): Promise<Row[]>;
  'db-execute'(params: Params, signal: AbortSignal): Promise<OperationResult<'db-execute'>>;
}

const fromWire = (value: Params['params'][number]): StatementValue =>
  typeof value === 'object' && value !== null ? new Uint8Array(Buffer.from(value.base64, 'base64')) : value;

const toWire = (value: StatementValue): Row[string] =>
  value instanceof Uint8Array ? { base64: toBase64(value) } : value;

export function createDatabaseOperations(reach: Reach, thread: DatabaseThread): DatabaseOperations {
  // What a run was given is for reading; a database is always written beside, even by a query.
  const ownReach: Reach = { ...reach, givenPaths: () => [] };

  let turn: Promise<unknown> = Promise.resolve();

  /** In the order of asking, from the look at the path on. */
  function run(params: Params, wantsRows: boolean, signal: AbortSignal) {
    const result = turn.then(() => runNow(params, wantsRows, signal));
    turn = result.catch(() => undefined);
    return result;
  }

  async function runNow({ file, sql, params }: Params, wantsRows: boolean, signal: AbortSignal) {
    checkStatement(sql);
    const { path, shown } = await reachPath(ownReach, file, 'write');
    // SQLite writes these beside it, by name.
    for (const beside of ['-journal', '-wal', '-shm', '.lock']) await refuseLink(ownReach, `${path}${beside}`, shown);
    return thread.run({ file: path, sql, params: params.map(fromWire), wantsRows }, signal);
  }

  return {
    async 'db-query'(params, signal) {
      const { rows = [] } = await run(params, true, signal);
      return rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toWire(value)])),
      );
    },
    async 'db-execute'(params, signal) {
      const { changes = 0, lastInsertRowid = 0 } = await run(params, false, signal);
      return { changes, last_insert_rowid: lastInsertRowid };
    },
  };
}

async function refuseLink(reach: Reach, path: string, shown: string): Promise<void> {
  const reached = await reachPath(reach, path, 'write');
  if (reached.path !== path) throw invalid(`A file that belongs to ${shown} is a link. Remove it.`, 'link');
}
