import { cutText } from '@shared/contracts/runner-limits';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, MASK } from './redactor';

const SECRET = 'p4ss "wörd"/+&?';

function knowing(...secrets: unknown[]) {
  const redactor = createRedactor();
  redactor.learn(secrets);
  return redactor.redact;
}

describe('a secret is not to be read', () => {
  const forms = {
    'as it is': SECRET,
    'escaped in JSON': JSON.stringify({ token: SECRET }),
    'in the query of an address': `https://example.com/?token=${encodeURIComponent(SECRET)}&x=1`,
    'in a form': new URLSearchParams({ token: SECRET }).toString(),
    'in lower-case escapes': encodeURIComponent(SECRET).toLowerCase(),
    'in base64': Buffer.from(SECRET).toString('base64'),
    'in base64 for addresses': Buffer.from(SECRET).toString('base64url'),
    'in a basic authorization': Buffer.from(`user:${SECRET}`).toString('base64'),
    'in hexadecimal digits': Buffer.from(SECRET).toString('hex'),
  };

  test.each(Object.entries(forms))('%s', (_, text) => {
    const shown = knowing(SECRET)(`before ${text} after`);
    expect(shown).toContain(MASK);
    expect(shown).toMatch(/^before .* after$/);
    expect(shown).not.toContain(text);
  });

  test('in the middle of any base64, whatever is around it', () => {
    const secret = 'xoxb-1234-abcdef';
    const redact = knowing(secret);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
        const text = Buffer.concat([before, Buffer.from(secret), after]).toString('base64');
        const shown = redact(text);
        expect(shown).toContain(MASK);
        expect(Buffer.from(shown.replaceAll(MASK, '')).toString()).not.toContain(secret);
      }),
    );
  });

  test('however deep, and where it is a name', () => {
    expect(knowing(SECRET)({ a: [{ [SECRET]: 1 }, 'x'], b: SECRET })).toEqual({ a: [{ [MASK]: 1 }, 'x'], b: MASK });
  });

  test('of an address: not its path either', () => {
    const redact = knowing('https://hooks.example.com/services/T0/B0/xyz');
    expect(redact('POST /services/T0/B0/xyz to hooks.example.com')).toBe(`POST ${MASK} to hooks.example.com`);
  });

  test('that is a number or a part of an object', () => {
    expect(knowing(123456, { user: 'u', key: ['k3y-of-it'] })([123456, 'pin 123456', 'k3y-of-it'])).toEqual([
      MASK,
      `pin ${MASK}`,
      MASK,
    ]);
  });

  test.each([0, 5, 12, 30])('where it was cut %i characters before its end', (left) => {
    const secret = 's3cret-token-that-is-rather-long';
    const text = cutText(`${'x'.repeat(100 - 48 - secret.length + left)}${secret}${'y'.repeat(100)}`, 100);
    const shown = knowing(secret)(`${text} is no address`);
    expect(shown).toMatch(/^x+/);
    expect(shown).not.toContain(secret.slice(0, 4));
    expect(shown).toMatch(/… \(\d+ more characters\) is no address$/);
  });

  test('also when another has taken its place', () => {
    const redactor = createRedactor();
    redactor.learn(['first-one']);
    redactor.learn(['second-one']);
    expect(redactor.redact('first-one, second-one')).toBe(`${MASK}, ${MASK}`);
  });
});

describe('what holds no secret', () => {
  test('is handed back as it is, the same object', () => {
    const message = { a: [1, 'two', { three: null }] };
    expect(knowing()(message)).toBe(message);
    expect(knowing(SECRET)(message)).toBe(message);
  });

  test('stays as it is beside something that does', () => {
    const kept = { big: [1, 2, 3] };
    expect(knowing(SECRET)({ kept, text: SECRET }).kept).toBe(kept);
  });

  test('is not searched for what is too short to be meant', () => {
    expect(knowing('abc', 12, SECRET)(['abc 12', 12])).toEqual(['abc 12', 12]);
  });
});

test('of two secrets, one within the other, the longer is found first', () => {
  expect(knowing('token', 'token-of-prod')('token-of-prod token')).toBe(`${MASK} ${MASK}`);
});

test('whatever its signs are, no text holds it any more', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), fc.string(), (secret, around) => {
      const shown = knowing(secret)(`${around}${secret}${around}`);
      expect(shown.split(MASK).join('\n')).not.toContain(secret);
    }),
  );
});
