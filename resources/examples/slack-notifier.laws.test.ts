/** What always holds of the texts and waits of the example notifier. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffDelay } from './slack-notifier/src/delivery/backoff';
import { hideUrl } from './slack-notifier/src/delivery/hide-url';
import { readRetryAfter } from './slack-notifier/src/delivery/retry-after';
import { fillTemplate } from './slack-notifier/src/message/fill-template';
import { clipMrkdwn, clipPlain, escapeMrkdwn, splitMrkdwn } from './slack-notifier/src/message/slack-text';

const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('&', '<', '>', '\n', ' ')))
  .map((parts) => parts.join(''));
const limit = fc.integer({ min: 20, max: 60 });

const shownBySlack = (escaped: string) =>
  escaped.split('&lt;').join('<').split('&gt;').join('>').split('&amp;').join('&');
const withoutBlanks = (value: string) => value.replace(/\s/gu, '');
/** No half of a character that needs two, and no half of an escape. */
const isWhole = (value: string) =>
  !/[<>]|&(?!(amp|lt|gt);)/.test(value) && new TextDecoder().decode(new TextEncoder().encode(value)) === value;

describe('a text for Slack', () => {
  test('is escaped so that Slack shows what was meant', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(shownBySlack(escapeMrkdwn(value))).toBe(value);
        expect(isWhole(escapeMrkdwn(value))).toBe(true);
      }),
    );
  });

  test('is never longer than it may be, and never cut within a character', () => {
    fc.assert(
      fc.property(text, limit, (value, most) => {
        for (const clipped of [clipMrkdwn(value, most), escapeMrkdwn(clipPlain(value, most))]) {
          expect(isWhole(clipped)).toBe(true);
        }
        expect(clipMrkdwn(value, most).length).toBeLessThanOrEqual(most);
        expect(clipPlain(value, most).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  });

  test('in pieces is whole again, apart from what is too much for all of them', () => {
    fc.assert(
      fc.property(text, limit, fc.integer({ min: 1, max: 5 }), (value, most, pieces) => {
        const split = splitMrkdwn(value, most, pieces);
        expect(split.length).toBeLessThanOrEqual(pieces);
        for (const piece of split) expect([piece.length <= most, isWhole(piece)]).toEqual([true, true]);
        const joined = withoutBlanks(shownBySlack(split.join('')));
        const isCut = joined.endsWith('…') && joined !== withoutBlanks(value);
        const said = isCut ? joined.slice(0, -1) : joined;
        expect(withoutBlanks(value).startsWith(said)).toBe(true);
        if (!isCut) expect(joined).toBe(withoutBlanks(value));
      }),
      { numRuns: 300 },
    );
  });

  test('from a template holds the values and nothing that they say of templates', () => {
    expect(fillTemplate('{{a}} {{b}} {{ c.d }}', { a: '{{b}}', b: '$&' })).toEqual({
      text: '{{b}} $& {{ c.d }}',
      missing: ['c.d'],
    });
    expect(fillTemplate('{{constructor}}{{__proto__}}', {}).missing).toEqual(['constructor', '__proto__']);
  });
});

describe('a wait', () => {
  test('doubles, stays below its limit, and is at least half of what it could be', () => {
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(10_000),
        fc.nat(100_000),
        random,
        (retry, first, longest, luck) => {
          const delay = backoffDelay(retry, { firstDelayMs: first, longestDelayMs: longest }, luck);
          const whole = Math.min(longest, first * 2 ** (retry - 1));
          expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
          expect(delay).toBeLessThanOrEqual(Math.ceil(whole));
        },
      ),
    );
  });

  test.for([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
  ] as const)('that Slack asks for with "%s" is %s ms', ([header, expected]) => {
    expect(readRetryAfter(header, Date.parse('2026-11-22T10:00:00Z'))).toBe(expected);
    expect(readRetryAfter(null, 0)).toBeUndefined();
  });
});

test("a webhook's URL is taken out of what is told, in whichever part it stands", () => {
  const url = 'https://hooks.slack.com/services/T0AAA/B0BBB/s3cr3t';
  for (const said of [`POST ${url} failed`, 'GET /services/T0AAA/B0BBB/s3cr3t: 404', `"${url}"`]) {
    expect(hideUrl(said, url)).not.toMatch(/s3cr3t|B0BBB/);
  }
  expect(hideUrl('at 10/11: and/or', 'https://hooks.example/')).toBe('at 10/11: and/or');
});
