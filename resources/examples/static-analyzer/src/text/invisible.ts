/**
 * Characters that nobody sees and every program reads. Finds runs of them and says what they hold: tag characters
 * and variation selectors can carry a whole message, zero-width characters one bit each.
 */
import type { Span } from './span';

type InvisibleKind = 'tag characters' | 'variation selectors' | 'bidirectional controls' | 'zero-width characters';

export interface InvisibleRun extends Span {
  readonly kind: InvisibleKind;
  /** Code points, such as U+200B, without repetition. */
  readonly codes: readonly string[];
  readonly count: number;
  /** The text that the run carries, where it carries one. */
  readonly decoded: string | undefined;
}

const INVISIBLE =
  /[\u{E0000}-\u{E007F}]+|[\u{E0100}-\u{E01EF}]+|[\u202A-\u202E\u2066-\u2069]+|[\u00AD\u115F\u1160\u180E\u200B-\u200F\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0]+/gu;

export function invisibleRuns(text: string): InvisibleRun[] {
  const runs: InvisibleRun[] = [];
  const run = new RegExp(INVISIBLE);
  for (let found = run.exec(text); found !== null; found = run.exec(text)) {
    const start = found.index;
    const end = start + found[0].length;
    if (isOrdinary(text, start, end)) continue;
    const points = pointsOf(found[0]);
    const kind = kindOf(points[0]!);
    runs.push({
      start,
      end,
      kind,
      codes: [...new Set(points.map(codeName))],
      count: points.length,
      decoded: decode(points, kind),
    });
  }
  return runs;
}

/** U+202E as people write it. */
const codeName = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

const pointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

function kindOf(point: number): InvisibleKind {
  if (point >= 0xe0100) return 'variation selectors';
  if (point >= 0xe0000) return 'tag characters';
  const bidirectional = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
  return bidirectional ? 'bidirectional controls' : 'zero-width characters';
}

function decode(points: readonly number[], kind: InvisibleKind): string | undefined {
  if (kind === 'tag characters') return readable(points.map((point) => point - 0xe0000));
  if (kind === 'variation selectors') return readable(points.map((point) => point - 0xe0100 + 16));
  if (kind === 'zero-width characters' && points.length >= 16) return decodeBits(points);
  return undefined;
}

/** Zero-width space is 0, non-joiner and joiner are 1. */
function decodeBits(points: readonly number[]): string | undefined {
  const bytes: number[] = [];
  for (let at = 0; at + 8 <= points.length; at += 8) {
    bytes.push(points.slice(at, at + 8).reduce((byte, point) => byte * 2 + (point === 0x200b ? 0 : 1), 0));
  }
  return readable(bytes);
}

function readable(codes: readonly number[]): string | undefined {
  const text = codes.filter((code) => code >= 0x20 && code < 0x7f).map((code) => String.fromCharCode(code));
  return text.length >= Math.max(1, codes.length * 0.8) ? text.join('') : undefined;
}

/**
 * Invisible characters that belong to the writing: a byte order mark at the start, joiners in emoji and in scripts
 * that need them, marks between directions, flags made of tags, a soft hyphen in a word.
 */
function isOrdinary(text: string, start: number, end: number): boolean {
  const run = text.slice(start, end);
  if (start === 0 && run === '\uFEFF') return true;
  const before = text.slice(Math.max(0, start - 4), start);
  const after = text.slice(end, end + 2);
  if (/^[\u200C\u200D]$/.test(run)) return JOINED_BEFORE.test(before) || JOINED_AFTER.test(after);
  if (/^[\u200E\u200F]$/.test(run)) return RIGHT_TO_LEFT.test(before + after);
  if (run === '\u00AD') return /\p{L}$/u.test(before) && /^\p{L}/u.test(after);
  return before.endsWith('\u{1F3F4}') && end - start <= 14 && run.endsWith('\u{E007F}');
}

const JOINED_BEFORE =
  /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Tamil}|\p{Script=Malayalam}|\p{Script=Sinhala}|\p{Script=Telugu}|\p{Script=Kannada}|\p{Script=Khmer}|\p{Script=Myanmar})$/u;
const JOINED_AFTER = /^[\p{Extended_Pictographic}\p{Script=Arabic}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
