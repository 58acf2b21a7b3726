import { isStudioError } from '@shared/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, canonicalHost, isPublic } from './address';
import { parseHostPattern, readTarget } from './host-grant';
import { type Lookup, openTarget } from './open-target';

const covers = (pattern: string, host: string, port = 443) => {
  const target = readTarget(host, port);
  if (target === undefined) throw new Error(`${host} is no host`);
  return parseHostPattern(pattern).covers(target);
};

describe('a host that was granted', () => {
  it.each([
    ['example.com', 'EXAMPLE.com', true],
    ['example.com', 'example.com.', true],
    ['example.com', 'www.example.com', false],
    ['example.com', 'example.com.evil.org', false],
    ['example.com', 'notexample.com', false],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'aexample.com', false],
    ['bücher.example', 'xn--bcher-kva.example', true],
    ['127.0.0.1', '0x7f.1', true],
    ['127.0.0.1', '2130706433', true],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['127.0.0.1', '[::ffff:7f00:1]', true],
    ['127.0.0.1', 'localhost', false],
    ['localhost', '127.0.0.1', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', 'ten.example.com', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['fd00::/8', 'fd12::1', true],
    ['[fd00::]/8', '[fd12::1]', true],
    ['[::1]', '::1', true],
    ['[::1]', '0:0:0:0:0:0:0:1', true],
    ['0.0.0.0/0', '::1', false],
  ])('%s covers %s: %s', (pattern, host, expected) => {
    expect(covers(pattern, host)).toBe(expected);
  });

  it('covers only its port where it names one', () => {
    expect(covers('example.com:8443', 'example.com', 8443)).toBe(true);
    expect(covers('example.com:8443', 'example.com', 443)).toBe(false);
    expect(covers('[::1]:80', '::1', 80)).toBe(true);
    expect(covers('[::1]:80', '::1', 81)).toBe(false);
    expect(covers('10.0.0.0/8:22', '10.1.1.1', 22)).toBe(true);
    expect(covers('10.0.0.0/8:22', '10.1.1.1', 23)).toBe(false);
    expect(covers('[fd00::]/8:22', 'fd00::1', 22)).toBe(true);
  });

  it('has one text for all that mean the same', () => {
    const text = (given: string) => parseHostPattern(given).text;
    expect(text(' Example.COM. ')).toBe('example.com');
    expect(text('0x7f.1:80')).toBe('127.0.0.1:80');
    expect(text('0:0::1')).toBe('[::1]');
    expect(text('fd00::/8')).toBe('fd00::/8');
    expect(text('[fd00::]/8:1')).toBe('[fd00::]/8:1');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.domain(),
          fc.ipV4(),
          fc.ipV6(),
          fc.ipV4().map((ip) => `${ip}/12:80`),
        ),
        (given) => {
          expect(text(text(given))).toBe(text(given));
        },
      ),
    );
  });

  it.each([
    '',
    '*',
    '*.',
    'a b',
    'http://a.example',
    'a/b',
    'a@b',
    '10.0.0.0/33',
    '1.2.3.4/',
    '*.10.0.0.1',
    'a:0',
    'a:70000',
    '::1/129',
    'a*.example',
    '%00',
  ])('cannot be "%s"', (given) => {
    expect(() => parseHostPattern(given)).toThrow(/is no host/);
  });
});

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '2002:7f00:1::',
    '2002:c0a8:101::1',
    '2001::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ])('of no public kind: %s', (text) => {
    const address = addressOf(text);
    expect(address === undefined ? undefined : isPublic(address)).toBe(false);
  });

  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '64:ff9b::808:808', '::ffff:8.8.8.8'])(
    'that everybody may find: %s',
    (text) => {
      const address = addressOf(text);
      expect(address === undefined ? undefined : isPublic(address)).toBe(true);
    },
  );

  it('are none where a name, a zone or rubbish is', () => {
    expect(['example.com', 'fe80::1%eth0', '1.2.3', '', '1.2.3.4.5'].map(addressOf)).toEqual(
      new Array(5).fill(undefined),
    );
    expect(['a/b', 'a@b', 'a b', '', 'a:80', '\u{ff0f}x'].map(canonicalHost)).toEqual(new Array(6).fill(undefined));
  });
});

describe('a name that was granted', () => {
  const open = (host: string, answers: string[], granted: string[] = []) => {
    const patterns = granted.map(parseHostPattern);
    const lookup: Lookup = async () => answers.map((address) => ({ address }));
    const gate = {
      authorize: async () => undefined,
      coversAddress: (...args: Parameters<(typeof patterns)[0]['coversAddress']>) =>
        patterns.some((pattern) => pattern.coversAddress(...args)),
    };
    return openTarget(host, 80, gate, lookup);
  };
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'opened',
      (error: unknown) => (isStudioError(error) ? `${error.code} ${String(error.data.reason)}` : String(error)),
    );

  it('leads to what it was looked up as', async () => {
    expect((await open('a.example', ['93.184.216.34', '2606:4700::1'])).addresses.map(({ text }) => text)).toEqual([
      '93.184.216.34',
      '2606:4700::1',
    ]);
  });

  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    'fe80::1',
    'fd00:ec2::254',
  ])('does not lead to %s', async (address) => {
    expect(await refused(open('rebind.example', [address]))).toBe('capabilities/denied rebinding');
    expect(await refused(open('rebind.example', ['93.184.216.34', address]))).toBe('capabilities/denied rebinding');
  });

  it('leads to a private address that was granted itself', async () => {
    expect((await open('intra.example', ['10.0.0.7'], ['10.0.0.0/8'])).addresses).toHaveLength(1);
    expect((await open('intra.example', ['::ffff:10.0.0.7'], ['10.0.0.7:80'])).addresses).toHaveLength(1);
    expect(await refused(open('intra.example', ['10.0.0.7'], ['10.0.0.7:81', 'localhost', '*.example']))).toBe(
      'capabilities/denied rebinding',
    );
  });

  it('needs no look-up where it is localhost, and finds none where there is none', async () => {
    expect((await open('LOCALHOST', ['93.184.216.34'])).addresses.map(({ text }) => text)).toEqual([
      '127.0.0.1',
      '::1',
    ]);
    expect(await refused(open('a.example', []))).toBe('capabilities/failed ENOTFOUND');
    expect(await refused(open('a b', []))).toBe('capabilities/invalid host');
  });
});
