/** Text for people on a terminal: colours where they are wanted, and nothing that could steer the terminal. */
import type { Severity } from '@shared/schemas';

export interface Colours {
  bold(text: string): string;
  faint(text: string): string;
  severity(severity: Severity, text: string): string;
}

const ESCAPE = '\u001b[';
const CODES: Readonly<Record<Severity, string>> = {
  critical: '1;35',
  high: '1;31',
  medium: '33',
  low: '36',
  info: '2',
};

export function createColours(isOn: boolean): Colours {
  const paint = (code: string, text: string) => (isOn && text !== '' ? `${ESCAPE}${code}m${text}${ESCAPE}0m` : text);
  return {
    bold: (text) => paint('1', text),
    faint: (text) => paint('2', text),
    severity: (severity, text) => paint(CODES[severity], text),
  };
}

/** Text from a plugin or a sample in one line; what a terminal would obey, or a reader not see, is shown as its code. */
export const plain = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
