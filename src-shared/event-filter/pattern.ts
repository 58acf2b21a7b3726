/**
 * Patterns over dotted names, such as event types. `*` stands for one segment and `**` for one or more, so `a.**`
 * matches `a.b` and `a.b.c` but not `a`; `*` alone matches `custom` but not `scan.started`, and `**` matches
 * everything. Beside other characters of a segment they may stand for nothing too: `scan.fail*` matches `scan.fail`
 * and `scan.failed`, and `linter:**` any version of a plugin.
 *
 * Plugins bring patterns and names: the time a match takes grows with the product of their lengths, never faster.
 */
import { StudioError } from '../errors';

type Matches = (name: string) => boolean;

const LONGEST_PATTERN = 256;

/** @throws StudioError events/invalid-pattern for a pattern of more than 256 characters. */
export function compilePattern(pattern: string): Matches {
  if (pattern.length > LONGEST_PATTERN) {
    throw new StudioError(
      'events/invalid-pattern',
      `A pattern may have up to ${LONGEST_PATTERN} characters; the one that begins with "${pattern.slice(0, 40)}" has ${pattern.length}. Use a wildcard instead.`,
      { data: { length: pattern.length } },
    );
  }
  if (!pattern.includes('*')) return (name) => name === pattern;
  if (pattern === '**') return () => true;
  const [, stem, stars] = /^([^*]*\.)(\*\*?)$/.exec(pattern) ?? [];
  if (stem === undefined) return compileSteps(pattern);
  if (stars === '**') return (name) => name.length > stem.length && name.startsWith(stem);
  return (name) => name.length > stem.length && name.startsWith(stem) && !name.includes('.', stem.length);
}

export const matchesPattern = (pattern: string, name: string): boolean => compilePattern(pattern)(name);

/** No patterns means no restriction, as an empty list does in a filter. */
export function compilePatterns(patterns: readonly string[] | undefined): Matches | undefined {
  if (patterns === undefined || patterns.length === 0) return undefined;
  const all = patterns.map(compilePattern);
  return all.length === 1 ? all[0] : (name) => all.some((matches) => matches(name));
}

/** For names that have no segments, such as sources with a version in them: `*` goes over dots, too. */
export const compileWildcards = (patterns: readonly string[] | undefined): Matches | undefined =>
  compilePatterns(patterns?.map((pattern) => pattern.replace(/\*+/g, '**')));

interface Step {
  accepts(character: string): boolean;
  /** Any number of characters, none included, instead of exactly one. */
  readonly repeats: boolean;
}

const notDot = (character: string) => character !== '.';
const any = () => true;

function stepsOfSegment(segment: string): Step[] {
  const steps: Step[] = [];
  for (const part of segment.match(/\*+|[^*]/g) ?? []) {
    if (part.startsWith('*')) {
      const accepts = part.length > 1 ? any : notDot;
      if (part === segment) steps.push({ accepts, repeats: false });
      steps.push({ accepts, repeats: true });
    } else {
      steps.push({ accepts: (character) => character === part, repeats: false });
    }
  }
  return steps;
}

/** Follows all ways through the pattern at once, character by character, instead of trying one after the other. */
function compileSteps(pattern: string): Matches {
  const dot: Step = { accepts: (character) => character === '.', repeats: false };
  const steps = pattern.split('.').flatMap((segment, at) => [...(at > 0 ? [dot] : []), ...stepsOfSegment(segment)]);

  const reach = (places: Set<number>, place: number) => {
    places.add(place);
    for (let next = place; steps[next]?.repeats; next += 1) places.add(next + 1);
  };

  return (name) => {
    let places = new Set<number>();
    reach(places, 0);
    for (let at = 0; at < name.length && places.size > 0; at += 1) {
      const next = new Set<number>();
      for (const place of places) {
        const step = steps[place];
        if (step?.accepts(name.charAt(at))) reach(next, step.repeats ? place : place + 1);
      }
      places = next;
    }
    return places.has(steps.length);
  };
}
