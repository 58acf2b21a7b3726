import { expect, test } from 'vitest';
import { createColours, plain } from './colours';

test('text of a plugin cannot steer the terminal', () => {
  expect(plain('a\u001b[2Jb\u202Ec\r\nd')).toBe('a\\u{1b}[2Jb\\u{202e}c d');
});

test('without a terminal there are no colours', () => {
  expect(createColours(false).severity('high', 'high')).toBe('high');
  expect(createColours(true).severity('high', 'high')).toBe('\u001b[1;31mhigh\u001b[0m');
});
