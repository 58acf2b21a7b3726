/**
 * What a plugin may ask the host to do for it, each behind one permission of its manifest and the person's grant.
 * The sandbox holds no file, socket or database: it sends an operation, and the host does it, or says why not.
 * Bytes travel as base64. Errors: capabilities/denied (data: permission, host, site), capabilities/failed
 * (data: reason, such as ENOENT), capabilities/timeout, capabilities/invalid, capabilities/too-large.
 */
import { type Static, type TSchema, Type } from 'typebox';
import type { Permission } from '../schemas';
import { oneOf } from '../schemas/building-blocks';
import { Done } from './shapes';

/** No system takes a longer one, and what was asked for is kept and shown. */
const path = Type.String({
  minLength: 1,
  maxLength: 4096,
  description: "Relative to the plugin's folder, or absolute",
});
const base64 = Type.String({ description: 'Bytes as base64' });
const host = Type.String({ minLength: 1, maxLength: 253, description: 'A name or an address' });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
const handle = Type.Integer({ minimum: 1, description: 'Of a connection that tcp-open opened' });
const timeoutMs = Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000 }));
const headers = Type.Record(Type.String(), Type.String());

/** Of a database: what SQLite can hold, and what a statement is given. Bytes as {base64}. */
export const SqlValueSchema = Type.Union([
  Type.Null(),
  Type.Number(),
  Type.String(),
  Type.Object({ base64: Type.String() }),
]);
export type SqlValue = Static<typeof SqlValueSchema>;

const statement = Type.Object({
  file: path,
  sql: Type.String({ minLength: 1, maxLength: 100_000 }),
  params: Type.Array(SqlValueSchema, { maxItems: 10_000 }),
});

export const FileInfoSchema = Type.Object({
  name: Type.String(),
  kind: oneOf(['file', 'folder']),
  size: Type.Integer({ minimum: 0, description: 'In bytes; 0 for a folder' }),
  modified: Type.String({ description: 'ISO 8601, UTC' }),
});
export type FileInfo = Static<typeof FileInfoSchema>;

const operation = <const Of extends Permission, Params extends TSchema, Result extends TSchema>(
  permission: Of,
  params: Params,
  result: Result,
) => ({ permission, params, result });

export const OPERATIONS = {
  'file-read': operation('file_system_access', Type.Object({ path }), Type.Object({ base64 })),
  'file-write': operation(
    'file_system_access',
    Type.Object({ path, base64, append: Type.Optional(Type.Boolean()) }),
    Done,
  ),
  'file-list': operation('file_system_access', Type.Object({ path }), Type.Array(FileInfoSchema)),
  /** Null where there is nothing of that name. */
  'file-stat': operation('file_system_access', Type.Object({ path }), Type.Union([FileInfoSchema, Type.Null()])),
  'folder-make': operation('file_system_access', Type.Object({ path }), Done),
  'file-remove': operation('file_system_access', Type.Object({ path }), Done),

  'http-fetch': operation(
    'network_access',
    Type.Object({
      url: Type.String({ minLength: 1, maxLength: 8192 }),
      method: Type.Optional(Type.String({ maxLength: 32 })),
      headers: Type.Optional(headers),
      body: Type.Optional(base64),
      redirect: Type.Optional(oneOf(['follow', 'manual', 'error'])),
      timeoutMs,
    }),
    Type.Object({
      url: Type.String(),
      status: Type.Integer(),
      statusText: Type.String(),
      headers,
      redirected: Type.Boolean(),
      body: base64,
    }),
  ),
  'tcp-open': operation(
    'network_access',
    Type.Object({ host, port, tls: Type.Optional(Type.Boolean()), timeoutMs }),
    Type.Object({ handle, address: Type.String({ description: 'That was connected to' }) }),
  ),
  /** Waits for something to read. Null at the end. */
  'tcp-read': operation(
    'network_access',
    Type.Object({ handle, timeoutMs }),
    Type.Union([Type.Object({ base64 }), Type.Null()]),
  ),
  'tcp-write': operation('network_access', Type.Object({ handle, base64 }), Done),
  'tcp-close': operation('network_access', Type.Object({ handle }), Done),
  'udp-send': operation('network_access', Type.Object({ host, port, base64 }), Done),

  'db-query': operation(
    'database_access',
    statement,
    Type.Array(Type.Record(Type.String(), SqlValueSchema), { description: 'Rows by column' }),
  ),
  'db-execute': operation(
    'database_access',
    statement,
    Type.Object({
      changes: Type.Integer({ minimum: 0, description: 'Rows that the statement changed' }),
      last_insert_rowid: Type.Integer(),
    }),
  ),
} as const;

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];
export type OperationParams<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['params']>;
export type OperationResult<Name extends OperationName> = Static<(typeof OPERATIONS)[Name]['result']>;
