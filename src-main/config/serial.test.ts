import { expect, test } from 'vitest';
import { createSerial } from './serial';

test('work is done in the order of asking, and one that fails keeps none from running', async () => {
  const serial = createSerial();
  const done: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = serial.run(() => held.then(() => done.push('first')));
  const second = serial.run(() => {
    done.push('second');
    throw new Error('second failed');
  });
  const third = serial.run(() => done.push('third'));
  release();
  await expect(second).rejects.toThrow('second failed');
  await Promise.all([first, third]);
  expect(done).toEqual(['first', 'second', 'third']);
});
