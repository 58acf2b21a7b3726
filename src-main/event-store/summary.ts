/**
 * An event's data in a line of at most 200 characters, for a table. Whatever a publisher put there, the line shows
 * it and nothing else: control characters, invisible ones and those that turn the direction of writing are written
 * out.
 */
import type { SecurityEvent } from '@shared/schemas';

const LONGEST = 200;
/** Enough units of a string for so many characters and one more, so that the cut through a character is never shown. */
const UNITS = LONGEST * 2 + 1;

type Data = Readonly<Record<string, unknown>>;

export function summarize(event: SecurityEvent): string {
  const data: Data = event.data ?? {};
  return visible(ofFinding(event, data) ?? ofAnalysis(event, data) ?? ofFailure(event, data) ?? ofAnything(data));
}

const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function ofFinding({ event_type: type }: SecurityEvent, data: Data): string | undefined {
  const title = textOf(data.title);
  if (type !== 'security.vulnerability_detected' || title === undefined) return undefined;
  const place = isMap(data.location) ? data.location : data;
  const file = textOf(place.file) ?? textOf(place.file_path);
  if (file === undefined) return title;
  return typeof place.line === 'number' ? `${title} · ${file}:${place.line}` : `${title} · ${file}`;
}

const FAILED = /\.(failed|error)$/;

/** Why is what one looks for; which run it was is in the event. */
function ofFailure({ event_type: type }: SecurityEvent, data: Data): string | undefined {
  if (!FAILED.test(type)) return undefined;
  const said = isMap(data.error) ? data.error : undefined;
  return textOf(said?.message) ?? textOf(data.error) ?? textOf(data.error_message) ?? textOf(data.message);
}

const COUNTS = ['findings', 'vulnerabilities', 'vulnerabilities_found', 'findings_count', 'vulnerability_count'];

function ofAnalysis({ event_type: type }: SecurityEvent, data: Data): string | undefined {
  if (type !== 'analysis.completed') return undefined;
  const counted = COUNTS.map((name) => data[name]).find((value) => typeof value === 'number' || Array.isArray(value));
  if (counted === undefined) return undefined;
  const count = Array.isArray(counted) ? counted.length : counted;
  const findings = `${count} finding${count === 1 ? '' : 's'}`;
  const duration = durationOf(data);
  return duration === undefined ? findings : `${findings} · ${duration}`;
}

function durationOf(data: Data): string | undefined {
  const seconds = [data.analysis_duration, data.duration].find((value) => typeof value === 'number');
  const ms =
    typeof data.duration_ms === 'number' ? data.duration_ms : typeof seconds === 'number' ? seconds * 1000 : undefined;
  if (ms === undefined) return undefined;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function ofAnything(data: Data): string {
  let line = '';
  for (const [name, value] of Object.entries(data)) {
    line += `${line === '' ? '' : ', '}${name}: ${short(value, UNITS - line.length)}`;
    if (line.length >= UNITS) break;
  }
  return line;
}

const LONG_FRACTION = /\.\d{4}/;

/** Of a measurement nobody reads the tenth decimal; of what has few, all are meant. */
function figure(value: number): string {
  const text = String(value);
  if (!LONG_FRACTION.test(text) || text.includes('e')) return text;
  return String(Math.abs(value) >= 1 ? Number(value.toFixed(1)) : Number(value.toPrecision(2)));
}

/** Stops reading a value, however long or deep, when there is no room left for it. */
function short(value: unknown, room: number): string {
  if (room <= 0) return '';
  if (typeof value === 'string') return value.slice(0, room);
  if (typeof value === 'number') return figure(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const parts: string[] = [];
  let left = room - 2;
  for (const name in value) {
    if (left <= 0) break;
    const label = isList ? '' : `${name.slice(0, left)}: `;
    const part = label + short((value as Data)[name], left - label.length);
    parts.push(part);
    left -= part.length + 2;
  }
  return isList ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `\\u{${code.toString(16)}}`;
}

function visible(line: string): string {
  const characters = [...line.slice(0, UNITS).replace(HIDDEN, written)];
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`;
}
