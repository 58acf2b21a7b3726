/**
 * Cuts the filter's text into terms, each with its place, so that the field can colour them and underline what is
 * wrong. Every character that is not white space belongs to exactly one term.
 */
export interface Term {
  readonly start: number;
  readonly end: number;
  /** Where the value begins; for plain text the same as start. */
  readonly valueStart: number;
  readonly negated: boolean;
  readonly field?: string;
  readonly operator?: ':' | '>=';
  /** Without quotes; the parts between commas for a field, one for plain text. */
  readonly values: readonly string[];
  readonly unclosed: boolean;
}

/** A word before ":" or ">=" is meant as a field, unless it is the beginning of an address. */
const FIELD = /^(-?)([A-Za-z_]+)(:(?!\/\/)|>=|≥)/;

interface Value {
  readonly end: number;
  readonly values: string[];
  readonly unclosed: boolean;
}

/** Reads up to the next white space outside quotes. */
function readValue(text: string, from: number, splitAtCommas: boolean): Value {
  const values: string[] = [];
  let current = '';
  let quoted = false;
  let at = from;
  for (; at < text.length; at++) {
    const letter = text[at] as string;
    if (quoted && letter === '\\' && at + 1 < text.length) current += text[++at];
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && /\s/.test(letter)) break;
    else if (!quoted && splitAtCommas && letter === ',') {
      values.push(current);
      current = '';
    } else current += letter;
  }
  if (at > from) values.push(current);
  return { end: at, values, unclosed: quoted };
}

function termAt(text: string, start: number): Term {
  const match = FIELD.exec(text.slice(start));
  if (match !== null) {
    const [whole, minus, field, operator] = match as unknown as [string, string, string, string];
    const valueStart = start + whole.length;
    const value = readValue(text, valueStart, true);
    return {
      start,
      valueStart,
      negated: minus === '-',
      field: field.toLowerCase(),
      operator: operator === ':' ? ':' : '>=',
      ...value,
    };
  }
  const negated = text.startsWith('-"', start);
  return { start, valueStart: start, negated, ...readValue(text, negated ? start + 1 : start, false) };
}

export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    const term = termAt(text, at);
    terms.push(term);
    at = term.end;
  }
  return terms;
}

const quoted = (value: string) => (/[\s",\\]/.test(value) ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value);

/** The text with this field's terms taken out and the given one put at its end; what else was typed stays. */
export function withTerm(
  text: string,
  field: string,
  value: string,
  options: { negated?: boolean; keep?: boolean; operator?: Term['operator'] } = {},
) {
  const negated = options.negated ?? false;
  const rest =
    options.keep === true
      ? text.trim()
      : withoutTerms(text, (term) => term.field === field && term.negated === negated);
  const term = `${negated ? '-' : ''}${field}${options.operator ?? ':'}${quoted(value)}`;
  return rest === '' ? term : `${rest} ${term}`;
}

export function withoutTerms(text: string, unwanted: (term: Term) => boolean): string {
  return termsOf(text)
    .filter((term) => !unwanted(term))
    .map((term) => text.slice(term.start, term.end))
    .join(' ');
}
