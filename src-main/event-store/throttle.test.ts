import { expect, it } from 'vitest';
import { createThrottle } from './throttle';

it('calls back once for all who asked, and not again before its interval is over', async () => {
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    const throttle = createThrottle(() => {
      times.push(performance.now());
      if (times.length === 3) resolve();
      else for (let asked = 0; asked < 10; asked += 1) throttle.ask();
    }, 30);
    throttle.ask();
    throttle.ask();
  });
  expect(times).toHaveLength(3);
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(28);
});

it('comes at once when it was asked to, though before it was asked for later', async () => {
  await new Promise<void>((resolve) => {
    const throttle = createThrottle(resolve, 1);
    throttle.ask(600_000);
    throttle.ask();
  });
});

it('calls nobody once it is closed', async () => {
  let calls = 0;
  const closed = createThrottle(() => {
    calls += 1;
  }, 1);
  closed.ask();
  closed.close();
  closed.ask();
  await new Promise<void>((resolve) => {
    const later = createThrottle(resolve, 1);
    later.ask(20);
  });
  expect(calls).toBe(0);
});
