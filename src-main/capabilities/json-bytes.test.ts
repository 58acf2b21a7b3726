import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonBytes } from './json-bytes';

it('is never less than what JSON takes, and for text no more than a few bytes above', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonBytes(value)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(value)));
    }),
  );
  const text = { line: 'grüße "quoted"\u0000 \ud800 😀'.repeat(100) };
  expect(jsonBytes(text) - Buffer.byteLength(JSON.stringify(text))).toBeLessThan(8);
});

it('counts binary data as the base64 that it becomes', () => {
  const bytes = new Uint8Array(1000);
  const sent = JSON.stringify({ base64: Buffer.from(bytes).toString('base64') });
  expect(jsonBytes(bytes) - sent.length).toBeGreaterThanOrEqual(0);
  expect(jsonBytes(bytes) - sent.length).toBeLessThan(8);
});
