/** Recognizes settings by their shape: nearly every line of them is built alike, as no line of a program is. */
import type { Language } from './language';

type SettingsLanguage = Extract<Language, 'json' | 'yaml' | 'env' | 'dockerfile'>;

/** The beginning alone: a list of tools that is broken further on is to be reported as one. */
const JSON_START =
  /^\s{0,200}(?:\{\s{0,200}(?:"|\}\s*$)|\[\s{0,200}(?:[{"\]]|\[\s{0,200}[[{"\]\d-]|(?:-?\d|true\b|false\b|null\b)[^\]\n]{0,200}[,\]]))/;

const INSTRUCTION = /^(?:RUN|CMD|COPY|ADD|ENTRYPOINT|WORKDIR|EXPOSE|ENV|USER|LABEL|VOLUME|HEALTHCHECK) \S/m;
const ASSIGNMENT = /^(?:export )?(?:[A-Z][A-Z0-9_]*|[a-z][\w-]*(?:\.[\w-]+)+)=(?! ?[{(]|.*(?:\$\(|`|;$))/;
const SECTION = /^\[\[?[\w ."':-]+\]\]?\s*$/;
const IN_SECTION = /^[A-Za-z_"'][\w ."'-]*=/;
const KEY = /^\s*(?:- +)*(?:[\w.$/-]+|"[^"\n]+"|'[^'\n]+'):(?:\s+[^\s{].*[^;{,]|\s+[^\s;{,]|\s+\{.*\}|\s*)$/;
const ITEM = /^\s*- +\S.*$|^---/;
const BLOCK = /:\s+[|>][+-]?\d?\s*$/;

/** How many of the lines must fit. */
const NEARLY_ALL = 0.9;

export function settingsLanguage(text: string): SettingsLanguage | undefined {
  if (JSON_START.test(text)) return 'json';
  const lines = text.split('\n').filter((line) => !/^\s*(?:[#;].*)?$/.test(line));
  const first = lines[0];
  if (first === undefined) return undefined;
  if (/^(?:FROM|ARG) \S/.test(first) && INSTRUCTION.test(text)) return 'dockerfile';
  if (SECTION.test(first) ? hasSections(lines) : fits(lines, ASSIGNMENT)) return 'env';
  return isYaml(lines) ? 'yaml' : undefined;
}

const fits = (lines: readonly string[], ...shapes: readonly RegExp[]) =>
  lines.filter((line) => shapes.some((shape) => shape.test(line))).length >= lines.length * NEARLY_ALL;

const hasSections = (lines: readonly string[]) =>
  lines.some((line) => IN_SECTION.test(line)) && fits(lines, SECTION, IN_SECTION);

function isYaml(lines: readonly string[]): boolean {
  const plain = withoutBlocks(lines);
  const keys = plain.filter((line) => KEY.test(line)).length;
  return keys >= 2 && fits(plain, KEY, ITEM);
}

/** Leaves out texts over several lines, which may be of any language. */
function withoutBlocks(lines: readonly string[]): string[] {
  let block = Number.POSITIVE_INFINITY;
  return lines.filter((line) => {
    const indent = line.search(/\S/);
    if (indent > block) return false;
    block = BLOCK.test(line) ? indent : Number.POSITIVE_INFINITY;
    return true;
  });
}
