/**
 * What of a log is on show: filtered, selected, and at its end or away from it. The filter that is applied is always
 * one without problems; what comes while somebody looks further up is counted.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type LogScope, logMatcher, type ParsedLogFilter, parseLogFilter } from './log-filter';
import type { LogMessage } from './log-lines';

export interface LogViewState {
  readonly messages: readonly LogMessage[];
  /** Those that pass the filter. */
  readonly shown: readonly LogMessage[];
  /** Number of the first that is shown; counts up as the oldest are let go. */
  readonly firstShown: number;
  /** Messages that were logged and are not here any more. */
  readonly letGo: number;
  readonly text: string;
  readonly parsed: ParsedLogFilter;
  /** The text of the filter that is applied. */
  readonly applied: string;
  readonly following: boolean;
  /** Messages that have joined since it stopped to follow. */
  readonly waiting: number;
  /** Keys of the ends of what is selected: the one that moves, and the one that stays. */
  readonly selected: { readonly at: string; readonly from: string } | undefined;
  readonly detailShown: boolean;
}

export interface LogView extends StoreApi<LogViewState> {
  readonly scope: LogScope;
  /** All messages as they are now, oldest first. `letGo` counts from the beginning of the list. */
  setMessages(messages: readonly LogMessage[], letGo: number): void;
  setText(text: string): void;
  setFollowing(following: boolean): void;
  select(key: string | undefined, extend?: boolean): void;
  selectAll(): void;
  showDetail(shown: boolean): void;
  /** What is selected; where that is nothing, all that is shown. */
  toCopy(): readonly LogMessage[];
}

type Shown = Pick<LogViewState, 'shown' | 'firstShown' | 'waiting'>;

/** Those of `before` that have left at its beginning, when the list has become `after`. */
function leftAtStart(before: readonly LogMessage[], after: readonly LogMessage[]): number {
  const [first] = after;
  if (first === undefined) return before.length;
  const at = before.findIndex(({ key }) => key === first.key);
  return at === -1 ? before.length : at;
}

const filtered = (messages: readonly LogMessage[], text: string, scope: LogScope) =>
  text.trim() === '' ? messages : messages.filter(logMatcher(parseLogFilter(text, scope).filter));

function showAgain(state: LogViewState, messages: readonly LogMessage[], scope: LogScope): Shown {
  const shown = filtered(messages, state.applied, scope);
  const left = leftAtStart(state.shown, shown);
  const joined = Math.max(0, shown.length - (state.shown.length - left));
  return {
    shown,
    firstShown: shown.length === 0 ? 0 : state.firstShown + left,
    waiting: state.following || shown.length === 0 ? 0 : Math.min(shown.length, state.waiting + joined),
  };
}

export function selectedRange({ shown, selected }: LogViewState): { at: number; from: number } | undefined {
  if (selected === undefined) return undefined;
  const at = shown.findIndex(({ key }) => key === selected.at);
  const from = selected.from === selected.at ? at : shown.findIndex(({ key }) => key === selected.from);
  if (at === -1) return undefined;
  return { at, from: from === -1 ? at : from };
}

export function createLogView(scope: LogScope): LogView {
  const store = createStore<LogViewState>(() => ({
    messages: [],
    shown: [],
    firstShown: 0,
    letGo: 0,
    text: '',
    parsed: parseLogFilter('', scope),
    applied: '',
    following: true,
    waiting: 0,
    selected: undefined,
    detailShown: false,
  }));
  return {
    ...store,
    scope,
    setMessages(messages, letGo) {
      store.setState((state) => ({ messages, letGo, ...showAgain(state, messages, scope) }));
    },
    setText(text) {
      const parsed = parseLogFilter(text, scope);
      store.setState({ text, parsed });
      if (parsed.problems.length > 0) return;
      store.setState(({ messages }) => ({
        applied: text,
        shown: filtered(messages, text, scope),
        firstShown: 0,
        waiting: 0,
      }));
    },
    setFollowing(following) {
      if (store.getState().following !== following) store.setState({ following, waiting: 0 });
    },
    select(key, extend = false) {
      store.setState(({ selected }) => ({
        selected: key === undefined ? undefined : { at: key, from: extend ? (selected?.from ?? key) : key },
      }));
    },
    selectAll() {
      const { shown } = store.getState();
      const [first, last] = [shown[0], shown.at(-1)];
      if (first !== undefined && last !== undefined) store.setState({ selected: { at: last.key, from: first.key } });
    },
    showDetail: (detailShown) => store.setState({ detailShown }),
    toCopy() {
      const state = store.getState();
      const range = selectedRange(state);
      if (range === undefined) return state.shown;
      return state.shown.slice(Math.min(range.at, range.from), Math.max(range.at, range.from) + 1);
    },
  };
}
