/** What was logged, as lines: filtered, cut where a message has several lines, and as text to copy. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LogMessage {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
}

export interface LogLine {
  readonly key: string;
  /** Absent on the further lines of a message. */
  readonly head?: { readonly time: number; readonly level: LogLevel };
  readonly level: LogLevel;
  readonly text: string;
}

export interface LogFilter {
  /** This level and worse. */
  readonly level: LogLevel;
  readonly text: string;
}

export function filterLog<Message extends LogMessage>(
  messages: readonly Message[],
  { level, text }: LogFilter,
): readonly Message[] {
  const least = LOG_LEVELS.indexOf(level);
  const wanted = text.trim().toLowerCase();
  if (least === 0 && wanted === '') return messages;
  return messages.filter(
    (entry) => LOG_LEVELS.indexOf(entry.level) >= least && entry.message.toLowerCase().includes(wanted),
  );
}

/** A log that grows is cut into lines again and again: each message only once. */
const cut = new WeakMap<LogMessage, readonly LogLine[]>();

function linesOfOne(entry: LogMessage): readonly LogLine[] {
  const known = cut.get(entry);
  if (known !== undefined) return known;
  const { seq, time, level, message } = entry;
  const lines = message
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((text, place) => ({ key: `${seq}.${place}`, level, text, ...(place === 0 ? { head: { time, level } } : {}) }));
  cut.set(entry, lines);
  return lines;
}

export function linesOf(messages: readonly LogMessage[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  for (const message of messages) for (const line of linesOfOne(message)) lines.push(line);
  return lines;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Local time of day with milliseconds, such as 14:02:11.084. */
export function timeOfDay(time: number | Date): string {
  const date = new Date(time);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return Number.isNaN(date.getTime()) ? '' : `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export const logText = (messages: readonly LogMessage[]): string =>
  messages.map(({ time, level, message }) => `${new Date(time).toISOString()} ${level} ${message}\n`).join('');
