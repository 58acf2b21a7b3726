/** Shapes that several services speak of. The studio's own fields are camelCase; the platform's keep their names. */
import { type Static, Type } from 'typebox';
import { oneOf } from '../schemas/building-blocks';

/** A call that answers nothing. */
export const Done = Type.Null();
export const Nothing = Type.Object({});

export const FolderSchema = Type.String({ minLength: 1, description: 'Absolute real path of an opened plugin folder' });
export const PathSchema = Type.String({ description: 'Path inside the plugin folder, with /; empty is the folder' });
export const TimeSchema = Type.Number({ description: 'Milliseconds since 1970' });
export const ofFolder = Type.Object({ folder: FolderSchema });

/** 1-based lines and columns; the end is exclusive. */
export const RangeSchema = Type.Object({
  startLine: Type.Integer({ minimum: 1 }),
  startColumn: Type.Integer({ minimum: 1 }),
  endLine: Type.Integer({ minimum: 1 }),
  endColumn: Type.Integer({ minimum: 1 }),
});
export type Range = Static<typeof RangeSchema>;

export const TextEditSchema = Type.Object({
  file: PathSchema,
  offset: Type.Integer({ minimum: 0 }),
  length: Type.Integer({ minimum: 0 }),
  text: Type.String(),
});
export type TextEdit = Static<typeof TextEditSchema>;

export const FixSchema = Type.Object({
  title: Type.String({ description: 'What the button says, such as Use 1.2.0' }),
  edits: Type.Array(TextEditSchema),
});
export type Fix = Static<typeof FixSchema>;

export const DiagnosticSchema = Type.Object({
  source: oneOf(['manifest', 'build', 'config', 'runtime', 'test']),
  file: PathSchema,
  range: RangeSchema,
  severity: oneOf(['error', 'warning', 'info']),
  code: Type.String({ description: 'area/what-is-wrong' }),
  message: Type.String(),
  /** JSON pointer of the value that is wrong, such as /version, for forms. */
  pointer: Type.Optional(Type.String()),
  fixes: Type.Optional(Type.Array(FixSchema)),
});
export type Diagnostic = Static<typeof DiagnosticSchema>;

export const ErrorSchema = Type.Object({
  code: Type.String(),
  message: Type.String(),
  data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const LogEntrySchema = Type.Object({
  seq: Type.Integer({ minimum: 1 }),
  time: TimeSchema,
  level: oneOf(['debug', 'info', 'warning', 'error']),
  message: Type.String(),
  /** What the plugin handed to its logger after the message, as data. */
  fields: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  runId: Type.Optional(Type.String()),
});
export type LogEntry = Static<typeof LogEntrySchema>;
