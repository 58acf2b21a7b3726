/** The database API in the plugin's hands. */
import type { OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import type { PluginDatabase, SqlValue } from '@shared/sdk/database';
import { base64Of, bytesFrom } from './bytes';
import type { HostAccess } from './host-access';

type WireValue = OperationParams<'db-query'>['params'][number];
type WireRow = OperationResult<'db-query'>[number];

const toWire = (value: unknown): WireValue =>
  ArrayBuffer.isView(value) ? { base64: base64Of(value, 'A parameter') } : (value as WireValue);

const fromWire = (value: WireValue): SqlValue =>
  typeof value === 'object' && value !== null ? bytesFrom(value.base64) : value;

const rowFrom = (row: WireRow): Record<string, SqlValue> =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, fromWire(value)]));

const statement = (file: string, sql: string, params: readonly SqlValue[]) => ({
  file,
  sql,
  params: Array.from(params, toWire),
});

export const createPluginDatabase = ({ perform }: HostAccess): PluginDatabase => ({
  query: async <Row extends Record<string, SqlValue>>(file: string, sql: string, params: readonly SqlValue[] = []) =>
    (await perform('db-query', statement(file, sql, params))).map(rowFrom) as Row[],
  execute: (file, sql, params = []) => perform('db-execute', statement(file, sql, params)),
});
