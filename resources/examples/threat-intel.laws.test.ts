/** What always holds of the spellings and formats that the example enricher reads, whatever a feed or a request says. */
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRows } from './threat-intel/src/feed/parse-csv';
import { parseFeed } from './threat-intel/src/feed/parse-feed';
import { readStixPattern } from './threat-intel/src/feed/stix-pattern';
import { guessIndicator, INDICATOR_TYPES, readIndicator } from './threat-intel/src/indicator/indicator';
import { formatAddress, parseAddress, parseRange } from './threat-intel/src/indicator/ip-address';
import { refang } from './threat-intel/src/indicator/refang';

/** Cheaper to make than those of fast-check, and with more zeros. */
const dotted = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
const colons = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((parts) => parts.map((part) => part.toString(16)).join(':'));
const address = fc.oneof(dotted, colons);
const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const domain = fc.tuple(word, word, fc.constantFrom('example', 'invalid', 'test')).map((labels) => labels.join('.'));

describe('an address', () => {
  test('is read exactly where the system would read it', () => {
    const nearly = fc.stringMatching(/^[0-9a-f.:]{1,30}$/);
    fc.assert(
      fc.property(fc.oneof(address, fc.ipV6(), nearly), (text) => {
        expect(parseAddress(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 500 },
    );
  });

  test('has one spelling, which reads as the same address', () => {
    fc.assert(
      fc.property(address, (text) => {
        const bits = parseAddress(text)!;
        const spelled = formatAddress(bits);
        expect(parseAddress(spelled)).toBe(bits);
        expect(formatAddress(parseAddress(text.toUpperCase())!)).toBe(spelled);
        if (bits.length === 128) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${spelled}]`);
      }),
    );
  });

  test('is in every range that is made of its first bits, and in no other of the same length', () => {
    fc.assert(
      fc.property(address, fc.nat(128), (text, some) => {
        const bits = parseAddress(text)!;
        const length = some % (bits.length + 1);
        const prefix = parseRange(`${formatAddress(bits)}/${length}`)!;
        expect([prefix.length, bits.startsWith(prefix)]).toEqual([length, true]);
      }),
    );
  });
});

describe('an indicator', () => {
  test('in its normal form reads as itself', () => {
    const url = fc.tuple(domain, word).map(([host, path]) => `http://${host}/${path}?a=%20#b`);
    const email = fc.tuple(word, domain).map(([name, host]) => `${name}@${host}`);
    fc.assert(
      fc.property(fc.oneof(address, domain, url, email), (text) => {
        const indicator = guessIndicator(text)!;
        expect(readIndicator(indicator.type, indicator.value)).toEqual(indicator);
        expect(guessIndicator(` ${text.toUpperCase().replace(/^HTTP/, 'hxxp')} `)?.type).toBe(indicator.type);
      }),
    );
  });

  test('survives being written so that nobody follows it by mistake', () => {
    fc.assert(
      fc.property(domain, fc.constantFrom('[.]', '(.)', '[dot]', '[DOT]', '{.}'), (name, dot) => {
        expect(refang(name.split('.').join(dot))).toBe(name);
        expect(refang(`hxxps://${name.split('.').join(dot)}/a`)).toBe(`https://${name}/a`);
      }),
    );
  });

  test('is never made of just any text in a way that throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const type of INDICATOR_TYPES) readIndicator(type, text);
        expect(guessIndicator(text)?.value).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a feed', () => {
  test('as CSV gives back the fields that were written, whatever is in them', () => {
    const field = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (rows) => {
        const text = rows.map((row) => row.map((each) => `"${each.split('"').join('""')}"`).join(',')).join('\r\n');
        expect([...readRows(text)]).toEqual(rows);
      }),
    );
  });

  test('of any text and any format is read to its end', () => {
    const text = fc.array(fc.oneof(fc.string(), fc.constantFrom('"', ',', '\n', '{', '#', "'", '[')), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, fc.constantFrom('auto', 'csv', 'jsonl', 'list'), (parts, format) => {
        expect(parseFeed(parts.join(''), format as 'auto' | 'csv', 10).entries.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 500 },
    );
  });

  test('as STIX gives back the value of a pattern, whatever is in it, and takes any other text', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = value.split('\\').join('\\\\').split("'").join("\\'");
        expect(readStixPattern(`[url:value = '${quoted}']`)).toEqual([{ path: 'url:value', value }]);
        readStixPattern(value);
      }),
      { numRuns: 500 },
    );
  });
});
