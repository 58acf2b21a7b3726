import { expect, it } from 'vitest';
import type { LogMessage } from './log-lines';
import { createLogView, selectedRange } from './log-view';

const messages = (from: number, to: number): LogMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    key: `${from + index}`,
    time: 0,
    level: (from + index) % 2 === 0 ? 'info' : 'error',
    message: `line ${from + index}`,
  }));

function viewOf(from: number, to: number) {
  const view = createLogView('several');
  view.setMessages(messages(from, to), 0);
  return view;
}
const keys = (list: readonly LogMessage[]) => list.map(({ key }) => key);

it('counts what comes while somebody looks further up, and forgets it on the way back', () => {
  const view = viewOf(1, 4);
  view.setMessages(messages(1, 6), 0);
  expect(view.getState().waiting).toBe(0);
  view.setFollowing(false);
  view.setMessages(messages(1, 9), 0);
  expect(view.getState().waiting).toBe(3);
  view.setFollowing(true);
  expect(view.getState()).toMatchObject({ waiting: 0, following: true });
});

it('counts only what the filter shows', () => {
  const view = viewOf(1, 4);
  view.setText('level:error');
  expect(keys(view.getState().shown)).toEqual(['1', '3']);
  view.setFollowing(false);
  view.setMessages(messages(1, 9), 0);
  expect(view.getState().waiting).toBe(3);
});

it('rows keep their numbers while the oldest are let go', () => {
  const view = viewOf(1, 6);
  view.setText('level:error');
  view.setFollowing(false);
  view.setMessages(messages(4, 9), 3);
  expect(view.getState()).toMatchObject({ firstShown: 2, letGo: 3, waiting: 2 });
  expect(keys(view.getState().shown)).toEqual(['5', '7', '9']);
});

it('a filter that cannot be read leaves the last good one in force', () => {
  const view = viewOf(1, 4);
  view.setText('level:error');
  view.setText('level:error level:');
  expect(view.getState()).toMatchObject({ text: 'level:error level:', applied: 'level:error' });
  expect(view.getState().parsed.problems).toHaveLength(1);
  view.setMessages(messages(1, 5), 0);
  expect(keys(view.getState().shown)).toEqual(['1', '3', '5']);
});

it('what is selected is copied, and all that is shown where nothing is', () => {
  const view = viewOf(1, 6);
  expect(keys(view.toCopy())).toEqual(['1', '2', '3', '4', '5', '6']);
  view.select('4');
  view.select('2', true);
  expect(keys(view.toCopy())).toEqual(['2', '3', '4']);
  expect(selectedRange(view.getState())).toEqual({ at: 1, from: 3 });
  view.selectAll();
  expect(view.toCopy()).toHaveLength(6);
  view.select('5');
  view.setMessages([], 0);
  expect(view.toCopy()).toEqual([]);
});
