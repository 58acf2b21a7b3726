/** A level is always its word, in the colour of what it means. */
import type { LogLevel } from './log-lines';
import { severityColor } from './severity';

const colourOf = (level: LogLevel) =>
  level === 'error' || level === 'warning' ? severityColor(level) : level === 'info' ? 'var(--accent)' : 'var(--dim)';

export const LogLevelWord = ({ level }: { readonly level: LogLevel }) => (
  <span style={{ color: colourOf(level) }}>{level}</span>
);
