import { expect, test } from 'vitest';
import { createRestartPolicy } from './restart-policy';

test('a host that dies now and then is started again each time', () => {
  let time = 0;
  const policy = createRestartPolicy(() => time);
  const answers = Array.from({ length: 10 }, () => {
    time += 20_001;
    return policy.mayRestart();
  });
  expect(answers).toEqual(answers.map(() => true));
});

test('a host that dies for the fourth time within a minute is not', () => {
  let time = 0;
  const policy = createRestartPolicy(() => time);
  const answers = [1, 2, 3, 4].map(() => {
    time += 1000;
    return policy.mayRestart();
  });
  expect(answers).toEqual([true, true, true, false]);
  time += 60_000;
  expect(policy.mayRestart()).toBe(true);
});
