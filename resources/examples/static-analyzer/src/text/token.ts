/** What the lexers find in a text. Everything that no token covers is code. */
import type { Span } from './span';

export interface StringToken extends Span {
  /** Where the text between the quotes begins and ends. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** Letters before the quote, such as `f` in Python, or the tag of a template in JavaScript. */
  readonly prefix: string;
  readonly quote: string;
  /** Code inside the string: `{name}` in an f-string, `${name}` in a template; without the braces. */
  readonly holes: readonly Span[];
}

export interface Tokens {
  readonly comments: readonly Span[];
  readonly strings: readonly StringToken[];
  /** Regular expression literals, in languages that have them. */
  readonly patterns: readonly Span[];
}

export const NO_TOKENS: Tokens = { comments: [], strings: [], patterns: [] };
