import { expect, it } from 'vitest';
import { rowWindow } from './fixed-rows';

it('draws what is visible and some rows more on either side', () => {
  expect(rowWindow(26 * 500_000 + 5, 260, 26, 1_000_000)).toEqual({
    start: 499_988,
    end: 500_023,
    first: 500_000,
    last: 500_010,
  });
});

it('never draws rows that do not exist, at either end or when rows went away under the scroll position', () => {
  expect(rowWindow(0, 260, 26, 3)).toEqual({ start: 0, end: 3, first: 0, last: 2 });
  expect(rowWindow(2600, 260, 26, 4)).toMatchObject({ end: 4, first: 4 });
  expect(rowWindow(0, 260, 26, 0)).toEqual({ start: 0, end: 0, first: 0, last: 0 });
});
