/**
 * Plans what is escaped in one build after the other. Parsing a bundle takes longer than making it, and an edit changes
 * one module of many: so each module is parsed by itself, and only when its text is new.
 *
 * esbuild writes `// <path>` before each module. Other text may look like that, inside a template or a comment. Then
 * what comes before it is cut off in the middle and cannot be parsed; and where any part cannot, the whole is. So parts
 * that can be parsed, one after the other from the first, are cut where the whole would be.
 */
import { createHash } from 'node:crypto';
import {
  type EscapePlan,
  findRefused,
  type PlacedText,
  placeRefused,
  planFor,
  type Refused,
} from './escape-refused-text';

export type PlanEscapes = (code: string) => Promise<EscapePlan>;

interface Part {
  readonly start: number;
  readonly text: string;
  /** With indices in the part. */
  readonly refused: readonly Refused[];
}

/** Undefined where the part alone is no program. */
type Placing = Promise<PlacedText[] | undefined>;

const MODULE = /^\/\/ /gm;

function partsOf(code: string, found: readonly Refused[]): Part[] {
  const starts = [0, ...[...code.matchAll(MODULE)].map(({ index }) => index)];
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? code.length;
    const refused = found.filter(({ index }) => start <= index && index < end);
    return {
      start,
      text: code.slice(start, end),
      refused: refused.map(({ index, text }) => ({ index: index - start, text })),
    };
  });
}

const keyOf = ({ text, refused }: Part) =>
  createHash('sha256')
    .update(text)
    .update(refused.map(({ index }) => index).join())
    .digest('base64');

const place = ({ text, refused }: Part): Placing => placeRefused(text, refused).catch(() => undefined);

/** Keeps what it learned of the bundle before. */
export function createEscapePlanner(): PlanEscapes {
  let known = new Map<string, Placing>();

  async function placeInParts(code: string, found: readonly Refused[]): Placing {
    const seen = new Map<string, Placing>();
    const parts = partsOf(code, found);
    const placings = parts.map((part) => {
      const key = keyOf(part);
      const placing = known.get(key) ?? place(part);
      seen.set(key, placing);
      return placing;
    });
    known = seen;
    const placed = await Promise.all(placings);
    if (placed.includes(undefined)) return undefined;
    return parts.flatMap(({ start }, at) => (placed[at] ?? []).map((text) => ({ ...text, index: text.index + start })));
  }

  return async (code) => {
    const found = findRefused(code);
    if (found.length === 0) return planFor([]);
    return planFor((await placeInParts(code, found)) ?? (await placeRefused(code, found)));
  };
}
