/** What was logged, in a line each, and as text or JSON to copy. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogMessage {
  /** Never twice in one list. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
  /** What came with the message, as data. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** Name of the plugin, where the list is of several. */
  readonly plugin?: string | undefined;
  /** The run that it was logged in, where the list is of several. */
  readonly run?: { readonly id: string; readonly name: string } | undefined;
}

const LINE_END = /\r?\n/;

/** The first line of a message, and how many come after it. */
export function firstLine(message: string): { readonly text: string; readonly more: number } {
  const lines = message.trimEnd().split(LINE_END);
  return { text: lines[0] ?? '', more: lines.length - 1 };
}

const shown = (value: unknown) => (typeof value === 'string' && !/[\s"]/.test(value) ? value : JSON.stringify(value));

/** Such as `files=3 kind=py`. */
export const fieldsText = (fields: LogMessage['fields']): string =>
  Object.entries(fields ?? {})
    .map(([name, value]) => `${name}=${shown(value)}`)
    .join(' ');

const two = (value: number) => String(value).padStart(2, '0');

/** Local time of day with milliseconds, such as 14:02:11.084. */
export function timeOfDay(time: number | Date): string {
  const date = new Date(time);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return Number.isNaN(date.getTime()) ? '' : `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

const joined = (parts: readonly (string | undefined)[]) =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

export const logText = (messages: readonly LogMessage[]): string =>
  messages
    .map(({ time, level, plugin, message, fields }) => {
      const line = joined([new Date(time).toISOString(), level, plugin && `[${plugin}]`, message.trimEnd()]);
      return `${joined([line, fieldsText(fields)])}\n`;
    })
    .join('');

/** One JSON object a line. */
export const logJson = (messages: readonly LogMessage[]): string =>
  messages
    .map(({ time, level, plugin, run, message, fields }) => {
      const entry = { time: new Date(time).toISOString(), level, plugin, run: run?.id, message, fields };
      return `${JSON.stringify(entry)}\n`;
    })
    .join('');
