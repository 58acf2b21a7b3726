import { expect, test } from 'vitest';
import { whatComesOfLoss } from './what-comes-of-loss';

test('the desktop window promises another host, and a browser says what it takes to go on', () => {
  expect(whatComesOfLoss(true, '')).toContain('It is being started again');
  const inBrowser = whatComesOfLoss(false, '4711');
  expect(inBrowser).toContain('start it with --port 4711 and open its new link');
  expect(inBrowser).toContain('With another port it cannot; copy your text out.');
});
