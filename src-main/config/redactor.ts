/**
 * Puts dots in the place of secrets in whatever leaves the host. It knows the forms in which programs write a
 * text down; a plugin that hides its secret on purpose, for which it has the means, is not what this is against.
 * Whatever was a secret once stays one, since a process may still hold it. Without secrets nothing is looked at.
 */
import { CUT_NOTE } from '@shared/contracts/runner-limits';
import { formsOf } from './secret-forms';

export const MASK = '••••••';

/** Anything shorter would also be found where it is not meant. */
export const SHORTEST_SECRET = 4;
const MOST_SECRETS = 1000;
const DEEPEST = 1000;

/** What holds no secret is handed back as it is, the same object; in what does, only what changes is copied. */
export type Redact = <Value>(value: Value) => Value;

export interface Redactor {
  /** Objects and lists count with all that is in them. What is too short is left out. */
  learn(secrets: Iterable<unknown>): void;
  readonly redact: Redact;
}

export function createRedactor(): Redactor {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  let pattern: RegExp | undefined;
  let allForms: readonly string[] = [];

  const add = (secret: unknown): boolean => {
    const text = typeof secret === 'number' ? String(secret) : secret;
    if (typeof text === 'string') {
      if (text.length < SHORTEST_SECRET || texts.has(text)) return false;
      texts.add(text);
      if (typeof secret === 'number') numbers.add(secret);
      return true;
    }
    if (typeof text !== 'object' || text === null) return false;
    return Object.values(text).filter(add).length > 0;
  };

  const compile = () => {
    while (texts.size > MOST_SECRETS) texts.delete([...texts][0] ?? '');
    const forms = new Set([...texts].flatMap(formsOf));
    const longestFirst = [...forms].sort((left, right) => right.length - left.length);
    allForms = longestFirst;
    pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'g');
  };

  /** A text that was cut before it came here may end in the midst of a secret. */
  const hideEnd = (text: string) => {
    let end = text.length;
    for (const form of allForms) {
      const from = Math.max(0, text.length - form.length);
      const begin = form.slice(0, SHORTEST_SECRET);
      for (let at = text.indexOf(begin, from); at !== -1; at = text.indexOf(begin, at + 1)) {
        if (form.startsWith(text.slice(at))) end = Math.min(end, at);
      }
    }
    return end === text.length ? text : text.slice(0, end) + MASK;
  };

  const hideEnds = (text: string) => {
    const parts = text.split(CUT_NOTE);
    const isBeforeNote = (index: number) => index % 2 === 0 && index < parts.length - 1;
    return parts.map((part, index) => (isBeforeNote(index) ? hideEnd(part) : part)).join('');
  };

  const redactText = (text: string, found: RegExp) => {
    const shown = text.replace(found, MASK);
    return shown.includes('… (') ? hideEnds(shown) : shown;
  };

  const redactAny = (value: unknown, found: RegExp, depth: number): unknown => {
    if (typeof value === 'string') return redactText(value, found);
    if (typeof value === 'number') return numbers.has(value) ? MASK : value;
    if (typeof value !== 'object' || value === null) return value;
    // So deep nothing is shown, either.
    if (depth > DEEPEST) return MASK;
    return Array.isArray(value) ? redactList(value, found, depth) : redactObject(value, found, depth);
  };

  const redactList = (list: unknown[], found: RegExp, depth: number) => {
    let copy: unknown[] | undefined;
    for (const [index, item] of list.entries()) {
      const shown = redactAny(item, found, depth + 1);
      if (shown === item) continue;
      copy ??= [...list];
      copy[index] = shown;
    }
    return copy ?? list;
  };

  const redactObject = (object: object, found: RegExp, depth: number) => {
    const shown: [string, unknown][] = [];
    let isChanged = false;
    for (const [key, value] of Object.entries(object)) {
      const entry: [string, unknown] = [redactText(key, found), redactAny(value, found, depth + 1)];
      isChanged ||= entry[0] !== key || entry[1] !== value;
      shown.push(entry);
    }
    return isChanged ? Object.fromEntries(shown) : object;
  };

  return {
    learn(secrets) {
      // All of them: each is to be learnt, not only the first that is new.
      if ([...secrets].filter(add).length > 0) compile();
    },
    redact: <Value>(value: Value) => (pattern === undefined ? value : (redactAny(value, pattern, 0) as Value)),
  };
}

const escapeForPattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
