import { expect, test } from 'vitest';
import { readAhead } from './read-ahead';

function counting(upTo: number, log: string[]) {
  return (async function* () {
    try {
      for (let item = 1; item <= upTo; item++) {
        log.push(`read ${item}`);
        yield item;
      }
    } finally {
      log.push('closed');
    }
  })();
}

test('one item is read ahead, and never more', async () => {
  const log: string[] = [];
  for await (const item of readAhead(counting(3, log))) {
    log.push(`work on ${item}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`done ${item}`);
  }
  expect(log.indexOf('read 2')).toBeLessThan(log.indexOf('done 1'));
  expect(log.indexOf('read 3')).toBeGreaterThan(log.indexOf('done 1'));
  expect(log).toContain('closed');
});

test('leaving early closes the source', async () => {
  const log: string[] = [];
  for await (const item of readAhead(counting(9, log))) if (item === 2) break;
  expect(log.at(-1)).toBe('closed');
  expect(log).not.toContain('read 4');
});

test('a failure of the source arrives after what came before it', async () => {
  const items: number[] = [];
  const failing = (async function* () {
    yield 1;
    throw new Error('disk gone');
  })();
  const reading = (async () => {
    for await (const item of readAhead(failing)) items.push(item);
  })();
  await expect(reading).rejects.toThrow('disk gone');
  expect(items).toEqual([1]);
});
