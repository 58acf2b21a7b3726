/** What the host and the thread that runs SQLite say to each other. */
export type StatementValue = null | number | string | Uint8Array;

export interface StatementRequest {
  readonly id: number;
  /** Real path of the database. */
  readonly file: string;
  readonly sql: string;
  readonly params: readonly StatementValue[];
  /** Whether rows are wanted; otherwise what changed. */
  readonly wantsRows: boolean;
}

export interface StatementAnswer {
  readonly id: number;
  readonly rows?: readonly Record<string, StatementValue>[];
  readonly changes?: number;
  readonly lastInsertRowid?: number;
  readonly error?: {
    readonly code: 'invalid' | 'failed' | 'too-large';
    readonly reason: string;
    readonly message: string;
  };
}

/** Settled when the thread is made. */
export interface DatabaseThreadData {
  /** Bytes that the rows of one statement may take as JSON. */
  readonly rowBytes: number;
  /** Bytes of memory for SQLite. */
  readonly memoryBytes: number;
  /** Pages of a database. */
  readonly pages: number;
}
