import { expect, test } from 'vitest';
import { guessIndicatorType } from './indicator-type';
import { objectsOf } from './json-sample';
import { guessScanType } from './scan-target';

test.each([
  ['203.0.113[.]7', 'ip'],
  ['203.0.113.7:443', 'ip'],
  ['2001:db8::1', 'ip'],
  ['hxxps://update-cdn[.]example/v2', 'url'],
  ['billing[@]login-verify[.]example', 'email'],
  ['275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f', 'hash'],
  ['CVE-2021-44228', 'vulnerability'],
  ['Secure.Login-Verify.example.', 'domain'],
])('%s is of the type %s', (written, type) => {
  expect(guessIndicatorType(written)).toBe(type);
});

test.each([
  ['https://shop.example/', 'web_application'],
  ['10.20.0.0/24', 'network'],
  ['./src', 'static_code'],
  ['registry.example/team/app:1.2', 'container'],
])('%s is scanned for %s, where the plugin can', (target, type) => {
  expect(guessScanType(target, [])).toBe(type);
  expect(guessScanType(target, ['secrets'])).toBe('secrets');
});

test('JSON is one object, a list, or one a line; what only looks like it is text', () => {
  const objects = (text: string, name = 'a.txt') => objectsOf({ name, text });
  expect(objects('{"a":1}')).toEqual([{ a: 1 }]);
  expect(objects('[{"a":1},{"b":2}]')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(objects('{"a":1}\n\n{"b":2}\n', 'a.jsonl')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(objects('[1] is a footnote')).toBeUndefined();
  expect(objects('[1]')).toBeUndefined();
  expect(objects('plain text')).toBeUndefined();
  expect(() => objects('{"a":1}\n{"b":', 'a.jsonl')).toThrow('line 2');
  expect(() => objects('[]', 'a.json')).toThrow('it holds nothing');
  expect(() => objects('[1]', 'a.json')).toThrow('number 1 in it is no object');
});
