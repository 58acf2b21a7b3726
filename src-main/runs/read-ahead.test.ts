import { expect, test } from 'vitest';
import { readAhead } from './read-ahead';

const never = () => false;

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
  for await (const item of readAhead(counting(3, log), never)) {
    log.push(`work on ${item}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`done ${item}`);
  }
  expect(log.indexOf('read 2')).toBeLessThan(log.indexOf('done 1'));
  expect(log.indexOf('read 3')).toBeGreaterThan(log.indexOf('done 1'));
  expect(log).toContain('closed');
});

test('beside a large item none is read', async () => {
  const log: string[] = [];
  for await (const item of readAhead(counting(3, log), (item) => item === 2)) {
    log.push(`work on ${item}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`done ${item}`);
  }
  expect(log.filter((line) => line !== 'closed')).toEqual([
    ...['read 1', 'read 2', 'work on 1', 'done 1', 'work on 2', 'done 2'],
    ...['read 3', 'work on 3', 'done 3'],
  ]);
});

test('leaving early closes the source', async () => {
  const log: string[] = [];
  for await (const item of readAhead(counting(9, log), never)) if (item === 2) break;
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
    for await (const item of readAhead(failing, never)) items.push(item);
  })();
  await expect(reading).rejects.toThrow('disk gone');
  expect(items).toEqual([1]);
});
