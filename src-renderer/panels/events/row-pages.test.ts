import { describe, expect, it } from 'vitest';
import { createRowPages } from './row-pages';

/** A source of numbered rows that can be held back, and that remembers what it was asked. */
function source(initial: number) {
  const state = { total: initial, first: 0, held: undefined as Promise<void> | undefined };
  const asked: [number, number][] = [];
  const errors: unknown[] = [];
  let changes = 0;
  const pages = createRowPages<string>({
    pageSize: 10,
    maxPages: 3,
    async load(start, end) {
      asked.push([start, end]);
      await state.held;
      if (state.total < 0) throw new Error('gone');
      const from = Math.max(start, state.first);
      const length = Math.max(0, Math.min(end, state.total) - from);
      return { rows: Array.from({ length }, (_, index) => `row ${from + index}`), first: state.first };
    },
    onChange: () => changes++,
    onError: (error) => errors.push(error),
  });
  return { pages, asked, errors, state, changes: () => changes };
}

describe('the rows that the window holds', () => {
  it('only the pages on the screen are read, however many rows there are', async () => {
    const { pages, asked } = source(1_000_000);
    await pages.show(500_003, 500_012, 1_000_000);
    expect(asked).toEqual([
      [500_000, 500_010],
      [500_010, 500_020],
    ]);
    expect(pages.rowAt(500_003)).toBe('row 500003');
    expect(pages.rowAt(499_999)).toBeUndefined();
  });

  it('the last page is completed as events arrive, and what is here is not read again', async () => {
    const { pages, asked, state } = source(3);
    await pages.show(0, 9, 3);
    state.total = 12;
    await pages.show(0, 11, 12);
    expect(asked).toEqual([
      [0, 3],
      [3, 10],
      [10, 12],
    ]);
    expect(pages.rowAt(11)).toBe('row 11');
  });

  it('two looks at the same page while it is on its way ask once', async () => {
    const { pages, asked, state } = source(10);
    let release = () => {};
    state.held = new Promise((resolve) => {
      release = resolve;
    });
    const first = pages.show(0, 5, 10);
    const second = pages.show(2, 8, 10);
    release();
    await Promise.all([first, second]);
    expect(asked).toEqual([[0, 10]]);
  });

  it('the page shown longest ago is let go', async () => {
    const { pages } = source(100);
    for (const index of [0, 10, 20, 5, 30]) await pages.show(index, index, 100);
    expect(pages.rowAt(0)).toBe('row 0');
    expect(pages.rowAt(10)).toBeUndefined();
    expect(pages.rowAt(30)).toBe('row 30');
  });

  it('rows that the store has let go stay empty and the others keep their numbers', async () => {
    const { pages, state } = source(20);
    state.first = 4;
    await pages.show(0, 9, 20);
    expect(pages.rowAt(3)).toBeUndefined();
    expect(pages.rowAt(4)).toBe('row 4');
    expect(pages.rowAt(9)).toBe('row 9');
  });

  it('rows held already stay where they are when the store lets them go', async () => {
    const { pages, state } = source(5);
    await pages.show(0, 4, 5);
    state.total = 12;
    state.first = 7;
    await pages.show(0, 11, 12);
    expect(pages.rowAt(4)).toBe('row 4');
    expect(pages.rowAt(6)).toBeUndefined();
    expect(pages.rowAt(7)).toBe('row 7');
    expect(pages.rowAt(11)).toBe('row 11');
  });

  it('rows that arrive after closing belong to the old query and are not shown', async () => {
    const { pages, state, changes } = source(10);
    let release = () => {};
    state.held = new Promise((resolve) => {
      release = resolve;
    });
    const late = pages.show(0, 5, 10);
    pages.close();
    release();
    await late;
    expect(pages.rowAt(0)).toBeUndefined();
    expect(changes()).toBe(0);
  });

  it('a failed read is reported and the rows are asked for again at the next look', async () => {
    const { pages, state, errors } = source(-1);
    await pages.show(0, 5, 10);
    expect(errors).toHaveLength(1);
    state.total = 10;
    await pages.show(0, 5, 10);
    expect(pages.rowAt(0)).toBe('row 0');
  });
});
