import { describe, expect, it } from 'vitest';
import { isReset, noteExtent, openedTail, pauseTail, resumeTail, setFollowing, waitingRows } from './event-tail';

describe('the rows on show', () => {
  it('grow with the query while it is live', () => {
    const tail = noteExtent(openedTail({ total: 10 }), { total: 25 });
    expect(tail.shown).toEqual({ first: 0, end: 25 });
    expect(waitingRows(tail)).toBe(0);
  });

  it('stand still while paused, and what waits is counted', () => {
    const tail = noteExtent(pauseTail(openedTail({ total: 10 })), { total: 1214 });
    expect(tail.shown).toEqual({ first: 0, end: 10 });
    expect(waitingRows(tail)).toBe(1204);
  });

  it('stand still while paused also when the store lets old rows go, which are counted no less', () => {
    const tail = noteExtent(pauseTail(openedTail({ total: 10 })), { total: 10, first: 4 });
    expect(tail.shown).toEqual({ first: 0, end: 10 });
    expect(waitingRows(tail)).toBe(4);
  });

  it('catch up on resume and stick to the newest row again', () => {
    const scrolled = setFollowing(openedTail({ total: 10 }), false);
    const tail = resumeTail(noteExtent(pauseTail(scrolled), { total: 50, first: 5 }));
    expect(tail).toMatchObject({ shown: { first: 5, end: 55 }, following: true, paused: false });
    expect(waitingRows(tail)).toBe(0);
  });

  it('belong to another numbering once the store was emptied', () => {
    const tail = openedTail({ total: 10, first: 3 });
    expect(isReset(tail, { total: 0 })).toBe(true);
    expect(isReset(tail, { total: 9, first: 5 })).toBe(false);
  });
});
