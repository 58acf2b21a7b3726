import { expect, test, vi } from 'vitest';
import { createGivesBackMemory } from './give-back-memory';

test('what was let go is given back soon after, and the process goes on', async () => {
  const memory = createGivesBackMemory();
  let large: unknown[] | undefined = Array.from({ length: 500_000 }, (_, at) => ({ at, text: `${at}` }));
  const gone = new WeakRef(large);
  expect(large.length).toBe(500_000);
  large = undefined;
  memory.soon();
  await vi.waitFor(() => expect(gone.deref() === undefined).toBe(true), { timeout: 15_000, interval: 50 });
  memory.close();
});

test('asking again and again asks the engine once', async () => {
  let collected = 0;
  const done = new Promise<void>((resolve) => {
    const memory = createGivesBackMemory(() => {
      collected++;
      memory.close();
      resolve();
    });
    for (let i = 0; i < 100; i++) memory.soon();
  });
  await done;
  expect(collected).toBe(1);
});
