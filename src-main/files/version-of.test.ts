import { expect, test } from 'vitest';
import { versionOf } from './version-of';

test('a text and its bytes have the same version', () => {
  expect(versionOf('grüß')).toBe(versionOf(new TextEncoder().encode('grüß')));
});

test('a byte order mark, a line end and a space each make another version', () => {
  const versions = ['a\n', '\uFEFFa\n', 'a\r\n', 'a \n'].map(versionOf);
  expect(new Set(versions).size).toBe(4);
});
