/**
 * SQLite databases, with the permission `database_access`: files inside the plugin's folder. Values go in as
 * parameters only: a statement with text literals is refused, and so are several at once, ATTACH and PRAGMA.
 */

/** What SQLite can hold. */
export type SqlValue = string | number | null | Uint8Array;

/** The database API of a plugin. Every call throws SecurityError where it is not granted. */
export interface PluginDatabase {
  /**
   * @param file Path of the database inside the plugin's folder, which is made where it is missing.
   * @returns Rows, by column.
   * @throws ValidationError where the statement is refused or wrong.
   */
  query<Row extends Record<string, SqlValue>>(file: string, sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** For statements that change something. @throws as query. */
  execute(
    file: string,
    sql: string,
    params?: readonly SqlValue[],
  ): Promise<{ changes: number; last_insert_rowid: number }>;
}
