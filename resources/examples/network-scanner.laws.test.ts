/** What always holds of what the example scanner reads: what people write, and what services say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGreeting } from './network-scanner/src/probe/greetings';
import { readHttp } from './network-scanner/src/probe/read-http';
import { readable } from './network-scanner/src/probe/readable';
import { isVersionIn } from './network-scanner/src/rule/version';
import { isHostName, matchHosts } from './network-scanner/src/target/host-pattern';
import { formatAddress, parseAddress } from './network-scanner/src/target/ip-address';

/** A character a byte, as conversations have it. */
const bytes = fc.uint8Array({ maxLength: 300 }).map((values) => String.fromCharCode(...values));
const prefix = fc.constantFrom(
  '',
  'SSH-2.0-',
  '220 ',
  '+OK ',
  '* OK ',
  'RFB 003.',
  'HTTP/1.1 200 OK\r\nServer: ',
  '\x10\0\0\0\n',
);

describe('what a service says', () => {
  test('is read without an exception and shown in readable text, whatever it is', () => {
    fc.assert(
      fc.property(prefix, bytes, fc.integer({ min: 1, max: 65_535 }), (start, rest, port) => {
        for (const service of [readGreeting(start + rest, port), readHttp(start + rest)]) {
          if (service === undefined) continue;
          expect(service.name).toMatch(/^[a-z0-9]+$/);
          expect(service.product ?? '').toMatch(/^[ -~]{0,60}…?$/);
          expect(service.banner ?? '').toMatch(/^[ -~]{0,200}…?$/);
          expect(service.version ?? '1').toMatch(/^[\w.]{1,60}$/);
        }
        expect(readable(start + rest)).toMatch(/^[ -~]{0,200}…?$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the allow-list', () => {
  /** Cheaper to make than those of fast-check, and with more zeros. */
  const dotted = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'));
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
  const colons = fc
    .array(group, { minLength: 8, maxLength: 8 })
    .map((parts) => parts.map((part) => part.toString(16)).join(':'));
  const address = fc.oneof(dotted, colons);

  test('lets through what is in one of its ranges, and nothing else', () => {
    fc.assert(
      fc.property(address, address, fc.nat(128), (base, host, some) => {
        const [baseBits, hostBits] = [parseAddress(base)!, parseAddress(host)!];
        const length = some % (baseBits.length + 1);
        const isInside = baseBits.length === hostBits.length && hostBits.startsWith(baseBits.slice(0, length));
        const range = `${formatAddress(baseBits)}/${length}`;
        expect(matchHosts([range])(formatAddress(hostBits))).toBe(isInside);
        expect(matchHosts([range])('localhost')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('names a host exactly, or all that is below a name', () => {
    const isAllowed = matchHosts(['db.corp.example', '*.lab.example']);
    const allowed = ['db.corp.example', 'DB.Corp.Example', 'a.lab.example', 'b.a.lab.example'];
    const refused = [
      'corp.example',
      'xdb.corp.example',
      'lab.example',
      'evillab.example',
      'a.lab.example.evil.example',
      '',
    ];
    expect(allowed.map(isAllowed)).toEqual(allowed.map(() => true));
    expect(refused.map(isAllowed)).toEqual(refused.map(() => false));
  });

  test('allows nothing by what is neither an address, a range nor a name', () => {
    fc.assert(
      fc.property(fc.string(), address, (pattern, host) => {
        fc.pre(parseAddress(pattern.trim()) === undefined && !pattern.includes('/'));
        expect(matchHosts([pattern])(host)).toBe(false);
        if (!isHostName(pattern.trim())) expect(matchHosts([pattern])(pattern)).toBe(false);
      }),
    );
  });
});

test.for([
  ['9.7p1', '>=8.5 <9.8', true],
  ['9.8p1', '>=8.5 <9.8', false],
  ['10.0', '>=8.5 <9.8', false],
  ['8.4', '>=8.5 <9.8', false],
  ['2.4.9', '>=2.4.49 <2.4.51', false],
  ['2.4.50', '>=2.4.49 <2.4.51', true],
  ['2.2.34', '<2.4', true],
  ['2.4.0', '<2.4', false],
  ['1.3.5e', '=1.3.5', true],
  ['nonsense', '>=1.0', false],
] as const)('version %s is in %s: %s', ([version, range, expected]) => {
  expect(isVersionIn(version, range)).toBe(expected);
});
