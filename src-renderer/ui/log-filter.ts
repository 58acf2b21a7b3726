/**
 * What a person types into the filter of a log: `level>=warning plugin:threat* run:b2e0 words "quoted words"`. As in
 * the filter of the events nothing is guessed: what cannot be read is a problem with its place.
 */
import type { FilterProblem, ReadFilter } from './filter-field';
import type { FilterExamples } from './filter-help';
import { type Term, termsOf, withoutTerms, withTerm } from './filter-terms';
import { LOG_LEVELS, type LogLevel, type LogMessage } from './log-lines';

export interface LogFilter {
  /** This level and worse. */
  readonly level: LogLevel;
  /** Patterns of names; one of them. */
  readonly plugins: readonly string[];
  readonly withoutPlugins: readonly string[];
  /** Beginnings of a run's id; one of them. */
  readonly runs: readonly string[];
  /** All of them, anywhere in the message or its fields, whatever the case. */
  readonly texts: readonly string[];
}

export interface ParsedLogFilter extends ReadFilter {
  readonly filter: LogFilter;
}

const ALL: LogFilter = { level: 'debug', plugins: [], withoutPlugins: [], runs: [], texts: [] };

/** A list of one run has no plugins and no runs to tell apart. */
export const LOG_FILTER_FIELDS = { several: ['level', 'plugin', 'run'], one: ['level'] } as const;
export type LogScope = keyof typeof LOG_FILTER_FIELDS;

const EXAMPLES: Readonly<Record<string, string>> = {
  level: 'level>=warning',
  plugin: 'plugin:static-analyzer',
  run: 'run:b2e0',
};

export const LOG_HELP: Readonly<Record<LogScope, FilterExamples>> = {
  several: {
    examples: [
      ['level>=warning', 'This level and worse: debug, info, warning, error'],
      ['plugin:threat*', 'What this plugin logged; * is anything'],
      ['-plugin:threat-intel', 'All but this plugin'],
      ['run:b2e0', 'What was logged in the run whose id begins so'],
      ['sql injection', 'Both words, in the message or its fields'],
      ['"sql injection"', 'Exactly this text'],
    ],
    keys: '/ goes to the filter, F follows the newest, J and K move, Enter opens, Ctrl+C copies.',
  },
  one: {
    examples: [
      ['level>=warning', 'This level and worse: debug, info, warning, error'],
      ['sql injection', 'Both words, in the message or its fields'],
      ['"sql injection"', 'Exactly this text'],
    ],
    keys: '/ goes to the filter, J and K move, Enter opens, Ctrl+C copies.',
  },
};

type Draft = { -readonly [Name in keyof LogFilter]: LogFilter[Name] };

const isLevel = (name: string): name is LogLevel => (LOG_LEVELS as readonly string[]).includes(name);

/** Puts one term into the filter, or says what is wrong with it. */
function applyTerm(filter: Draft, term: Term, scope: LogScope): string | undefined {
  const { field, values, negated, operator } = term;
  if (term.unclosed) return 'The quote is not closed. Add a " at its end.';
  if (field === undefined) return applyText(filter, term);
  const fields: readonly string[] = LOG_FILTER_FIELDS[scope];
  if (!fields.includes(field)) {
    return `There is no field "${field}". Fields: ${fields.join(', ')}. To look for it as text, put it in quotes.`;
  }
  if (values.length === 0 || values.includes('')) return `"${field}" needs a value, such as ${EXAMPLES[field]}.`;
  if (operator === '>=' && field !== 'level') return `Only level is compared with >=. Write ${EXAMPLES[field]}.`;
  if (negated && field !== 'plugin') return 'Only a plugin can be left out with "-". Take the "-" away.';
  if (field === 'level') return applyLevel(filter, term);
  const name = field === 'run' ? 'runs' : negated ? 'withoutPlugins' : 'plugins';
  filter[name] = [...filter[name], ...values];
  return undefined;
}

function applyLevel(filter: Draft, { values, operator }: Term): string | undefined {
  const [value = ''] = values;
  if (values.length > 1 || filter.level !== 'debug') return 'One level is enough: the least to show.';
  if (!isLevel(value)) return `There is no level "${value}". Levels: ${LOG_LEVELS.join(', ')}.`;
  if (operator === ':' && value !== 'error') return `Write level>=${value} for ${value} and worse.`;
  filter.level = value;
  return undefined;
}

function applyText(filter: Draft, { values, negated }: Term): string | undefined {
  const [text = ''] = values;
  if (negated) return 'Text cannot be left out. Take the "-" away, or put it in quotes to look for it as it is.';
  if (text === '') return 'There is nothing between the quotes. Type what to look for.';
  filter.texts = [...filter.texts, text.toLowerCase()];
  return undefined;
}

export function parseLogFilter(text: string, scope: LogScope): ParsedLogFilter {
  const filter: Draft = { ...ALL };
  const terms = termsOf(text);
  const problems: FilterProblem[] = [];
  for (const term of terms) {
    const message = applyTerm(filter, term, scope);
    if (message !== undefined) problems.push({ start: term.start, end: term.end, message });
  }
  return { filter, terms, problems };
}

/** The text with this level in it, in place of the one before. */
export const withLevel = (text: string, level: LogLevel): string =>
  level === 'debug'
    ? withoutTerms(text, ({ field }) => field === 'level')
    : withTerm(text, 'level', level, { operator: '>=' });

const pattern = (value: string) =>
  new RegExp(`^${value.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replace(/\*+/g, '.*')}$`, 'i');

const searched = new WeakMap<LogMessage, string>();

function textOf(entry: LogMessage): string {
  const known = searched.get(entry);
  if (known !== undefined) return known;
  const { message, fields } = entry;
  const text = (fields === undefined ? message : `${message}\n${JSON.stringify(fields)}`).toLowerCase();
  searched.set(entry, text);
  return text;
}

/** Whether a message passes. */
export function logMatcher({ level, plugins, withoutPlugins, runs, texts }: LogFilter): (entry: LogMessage) => boolean {
  const least = LOG_LEVELS.indexOf(level);
  const wanted = plugins.map(pattern);
  const unwanted = withoutPlugins.map(pattern);
  return (entry) => {
    const { plugin = '', run } = entry;
    return (
      LOG_LEVELS.indexOf(entry.level) >= least &&
      (wanted.length === 0 || wanted.some((each) => each.test(plugin))) &&
      !unwanted.some((each) => each.test(plugin)) &&
      (runs.length === 0 || runs.some((id) => run?.id.startsWith(id) === true)) &&
      texts.every((text) => textOf(entry).includes(text))
    );
  };
}
