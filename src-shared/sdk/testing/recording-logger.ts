/** A logger that keeps what it was told. */
import type { Logger } from '../plugin-context';

/** One line of the log. */
export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warning' | 'error';
  /** The parts joined with a blank, as in the plugin's log. */
  readonly message: string;
  readonly parts: readonly unknown[];
}

/** The logger of a test context. */
export interface RecordingLogger extends Logger {
  /** Everything that was logged, oldest first. */
  readonly lines: readonly LoggedLine[];
  /** The messages of one level. */
  messages(level: LoggedLine['level']): string[];
}

const textOf = (part: unknown): string => {
  if (typeof part === 'string') return part;
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  return JSON.stringify(part) ?? String(part);
};

/** Also without a context of its own. */
export function createRecordingLogger(): RecordingLogger {
  const lines: LoggedLine[] = [];
  const write =
    (level: LoggedLine['level']) =>
    (...parts: unknown[]) =>
      void lines.push({ level, message: parts.map(textOf).join(' '), parts });
  return {
    lines,
    messages: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
    debug: write('debug'),
    info: write('info'),
    warning: write('warning'),
    error: write('error'),
  };
}
