import { describe, expect, it } from 'vitest';
import { printRequest, readRequest } from './request-json';

const request = { request_id: 'r', target_type: 'source_code', target_data: { content: 'a = 1\n', filename: 'a.py' } };

describe('a request as JSON', () => {
  it('is read back as it was printed', () => {
    expect(readRequest(printRequest(request), request).document).toEqual(request);
  });

  it('does not write out a long sample, and still sends it whole', () => {
    const long = { ...request, target_data: { content: 'x'.repeat(2_000_000), filename: 'a.py' } };
    const text = printRequest(long);
    expect(text.length).toBeLessThan(500);
    expect(text).toContain('1.9 MB');
    expect(readRequest(text.replace('a.py', 'b.py'), long).document).toEqual({
      ...long,
      target_data: { ...long.target_data, filename: 'b.py' },
    });
  });

  it('sends what was typed in the place of a long sample', () => {
    const long = { ...request, target_data: { content: 'x'.repeat(2_000_000), filename: 'a.py' } };
    const { document } = readRequest(printRequest(long).replace(/\(the sample's[^"]*/, 'short'), long);
    expect(document?.target_data).toEqual({ content: 'short', filename: 'a.py' });
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'comma'],
    ['{\n  "a": \n}', 3, 1, 'value'],
    ['{ "a": "open }', 1, 8, 'not closed'],
    ['{ "a": 1, }', 1, 11, 'name in double quotes'],
    ['{ /* no */ "a": 1 }', 1, 3, 'no comments'],
    ['', 1, 1, 'value'],
    ['[1]', 1, 1, 'an object'],
    ['{} x', 1, 4, 'does not belong'],
  ])('%j is refused with its place', (text, line, column, message) => {
    expect(readRequest(text, request).problem).toEqual({ line, column, message: expect.stringContaining(message) });
  });
});
