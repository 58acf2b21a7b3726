/**
 * What a person types into the inspector's filter, as a query: `type:security.** priority>=high source:scan* tag:x
 * correlation:run-41 -type:system.* words "quoted words"`. The parser never guesses: whatever it cannot read is a
 * problem with its place, and a text with a problem must not be run.
 */
import type { EventQuery } from '@shared/contracts';
import { PRIORITIES, type Priority } from '@shared/schemas';
import type { FilterProblem, ReadFilter } from '../../ui/filter-field';
import { type Term, termsOf } from '../../ui/filter-terms';

export interface ParsedFilter extends ReadFilter {
  readonly query: EventQuery;
}

export const FILTER_FIELDS = ['type', 'priority', 'source', 'tag', 'correlation'] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

const EXAMPLES: Record<FilterField, string> = {
  type: 'type:security.**',
  priority: 'priority>=high',
  source: 'source:static-analyzer*',
  tag: 'tag:injection',
  correlation: 'correlation:run-41',
};

const isField = (name: string): name is FilterField => (FILTER_FIELDS as readonly string[]).includes(name);
const isPriority = (name: string): name is Priority => (PRIORITIES as readonly string[]).includes(name);

type Draft = { -readonly [Name in keyof EventQuery]: EventQuery[Name] };

/** Puts one term into the query, or says what is wrong with it. */
function applyTerm(query: Draft, term: Term): string | undefined {
  if (term.unclosed) return 'The quote is not closed. Add a " at its end.';
  if (term.field === undefined) return applyText(query, term);
  if (!isField(term.field)) {
    return `There is no field "${term.field}". Fields: ${FILTER_FIELDS.join(', ')}. To look for it as text, put it in quotes.`;
  }
  if (term.values.length === 0 || term.values.some((value) => value === '')) {
    return `"${term.field}" needs a value, such as ${EXAMPLES[term.field]}.`;
  }
  if (term.operator === '>=' && term.field !== 'priority') {
    return `Only priority is compared with >=. Write ${EXAMPLES[term.field]}.`;
  }
  if (term.negated && term.field !== 'type' && term.field !== 'source') {
    return `Only type and source can be left out with "-". Take the "-" away.`;
  }
  return applyField(query, term.field, term);
}

function applyText(query: Draft, term: Term): string | undefined {
  const text = term.values[0] ?? '';
  if (term.negated) return 'Text cannot be left out. Take the "-" away, or put it in quotes to look for it as it is.';
  if (text === '') return 'There is nothing between the quotes. Type what to look for.';
  query.texts = [...(query.texts ?? []), text];
  return undefined;
}

function applyField(query: Draft, field: FilterField, term: Term): string | undefined {
  const { values, negated, operator } = term;
  switch (field) {
    case 'type':
    case 'source':
      return applyPatterns(query, field, values, negated);
    case 'tag':
      query.tags = [...(query.tags ?? []), ...values];
      return undefined;
    case 'correlation':
      if (query.correlationId !== undefined || values.length > 1)
        return 'Only one correlation can be followed at a time.';
      query.correlationId = values[0];
      return undefined;
    case 'priority': {
      const value = values[0] ?? '';
      if (values.length > 1 || query.minPriority !== undefined) return 'One priority is enough: the lowest to show.';
      if (!isPriority(value)) return `There is no priority "${value}". Priorities: ${PRIORITIES.join(', ')}.`;
      if (operator === ':' && value !== 'critical') return `Write priority>=${value} for ${value} and higher.`;
      query.minPriority = value;
      return undefined;
    }
  }
}

const LONGEST_PATTERN = 256;

function applyPatterns(query: Draft, field: 'type' | 'source', values: readonly string[], negated: boolean) {
  const starry = values.find((value) => /\*{3,}/.test(value));
  if (starry !== undefined) return `"${starry}" has too many stars. In a type * is one segment, ** any number of them.`;
  if (values.some((value) => value.length > LONGEST_PATTERN)) {
    return `A pattern has at most ${LONGEST_PATTERN} characters. Use a * for the rest.`;
  }
  const name = field === 'type' ? (negated ? 'excludeTypes' : 'types') : negated ? 'excludeSources' : 'sources';
  query[name] = [...(query[name] ?? []), ...values];
  return undefined;
}

export function parseFilter(text: string): ParsedFilter {
  const query: Draft = {};
  const terms = termsOf(text);
  const problems: FilterProblem[] = [];
  for (const term of terms) {
    const message = applyTerm(query, term);
    if (message !== undefined) problems.push({ start: term.start, end: term.end, message });
  }
  return { query, terms, problems };
}
