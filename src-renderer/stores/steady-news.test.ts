import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSteadyNews } from './steady-news';

interface News {
  readonly key: string;
  readonly state: 'up' | 'down';
  readonly figure: number;
}

const up = (figure: number, key = 'a'): News => ({ key, state: 'up', figure });

function start() {
  const passed: News[] = [];
  const news = createSteadyNews<News>({
    pauseMs: 100,
    keyOf: ({ key }) => key,
    isUrgent: (next, last) => next.state !== last.state,
    pass: (each) => passed.push(each),
  });
  return { ...news, passed, figures: () => passed.map(({ figure }) => figure) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first passes at once, and after the pause the newest of the rest', () => {
  const news = start();
  for (const figure of [1, 2, 3]) news.hear(up(figure));
  expect(news.figures()).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(news.figures()).toEqual([1, 3]);
  vi.advanceTimersByTime(1000);
  news.hear(up(4));
  expect(news.figures()).toEqual([1, 3, 4]);
});

test('what is urgent passes at once, and what waited before it never does', () => {
  const news = start();
  news.hear(up(1));
  news.hear(up(2));
  news.hear({ ...up(3), state: 'down' });
  vi.advanceTimersByTime(1000);
  expect(news.figures()).toEqual([1, 3]);
});

test('each key has a pause of its own', () => {
  const news = start();
  news.hear(up(1));
  news.hear(up(2, 'b'));
  expect(news.figures()).toEqual([1, 2]);
});

test('what waits can be taken back', () => {
  const news = start();
  news.hear(up(1));
  news.hear(up(2));
  news.forget('a');
  vi.advanceTimersByTime(1000);
  expect(news.figures()).toEqual([1]);
});
