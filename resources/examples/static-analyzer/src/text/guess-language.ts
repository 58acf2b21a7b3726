/**
 * Guesses the language of a text that has no name to tell it, such as one from a pipe. It would rather not know than
 * be wrong: a text read as another language has findings that are none, and hides those that are.
 */
import type { Language } from './language';
import { type Candidate, MARKS } from './language-marks';
import { settingsLanguage } from './settings-shape';

const SHEBANG = /^#![^\n]{0,80}\b(python|node|deno|bun|php|bash|sh|zsh|ksh)/;
const INTERPRETERS: Readonly<Record<string, Language>> = {
  python: 'python',
  node: 'javascript',
  deno: 'javascript',
  bun: 'javascript',
  php: 'php',
  bash: 'shell',
  sh: 'shell',
  zsh: 'shell',
  ksh: 'shell',
};

/** In characters, of the text and of each line: enough to know, and quick on a text of any shape. */
const READ = 30_000;
const READ_OF_A_LINE = 300;
/** One mark says so often at most, so that a habit is not taken for a proof. */
const MOST_OF_A_MARK = 3;
const LEAST = 3;
const LEAST_AHEAD = 2;
/** How much of what speaks for a language may speak for another. */
const MOST_DOUBT = 0.6;

/** @returns undefined where the text does not say enough. */
export function guessLanguage(content: string): Language | undefined {
  const head = readableHead(content);
  if (head.startsWith('#!')) return INTERPRETERS[SHEBANG.exec(head)?.[1] ?? ''];
  const settings = settingsLanguage(head);
  if (settings !== undefined) return settings;
  if (isDocument(head)) return undefined;
  const [best, second] = (Object.keys(MARKS) as Candidate[])
    .map((language) => ({ language, worth: worthOf(language, head) }))
    .sort((left, right) => right.worth - left.worth);
  const ahead = best!.worth - second!.worth;
  if (best!.worth < LEAST || ahead < LEAST_AHEAD || second!.worth > best!.worth * MOST_DOUBT) return undefined;
  return best!.language === 'text' ? undefined : best!.language;
}

/** A page or a text with programs in it is not one of them. */
const isDocument = (text: string) =>
  !text.includes('<?php') &&
  (/^\s{0,80}<(?:!doctype|html|\?xml|svg)\b/i.test(text) || /^ {0,3}(?:```|~~~)/m.test(text));

/** Without a last line that is cut, which fits no shape. */
function readableHead(content: string): string {
  const head = content.slice(0, READ);
  const whole = content.length > READ && head.includes('\n') ? head.slice(0, head.lastIndexOf('\n')) : head;
  const lines: string[] = [];
  for (let start = 0; start <= whole.length; ) {
    const lineBreak = whole.indexOf('\n', start);
    const end = lineBreak < 0 ? whole.length : lineBreak;
    lines.push(whole.slice(start, Math.min(end, start + READ_OF_A_LINE)).trimEnd());
    start = end + 1;
  }
  return lines.join('\n');
}

function worthOf(language: Candidate, text: string): number {
  let worth = 0;
  for (const { expression, worth: each } of MARKS[language]) {
    expression.lastIndex = 0;
    for (let count = 0; count < MOST_OF_A_MARK && expression.exec(text) !== null; count++) worth += each;
  }
  return worth;
}
