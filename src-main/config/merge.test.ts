import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Config, findForbiddenKey, mergeConfigs } from './merge';

const configs = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<Config>;
const closeConfigs = fc.dictionary(
  fc.constantFrom('a', 'b', '__proto__', 'constructor'),
  fc.letrec((tie) => ({
    value: fc.oneof(fc.integer(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom('a', 'b'), tie('value'))),
  })).value,
) as fc.Arbitrary<Config>;

describe('mergeConfigs', () => {
  test('objects go deep; lists, null and values replace', () => {
    const below = { a: { x: 1, y: [1, 2] }, b: { z: 1 }, c: 1 };
    expect(mergeConfigs(below, { a: { y: [3] }, b: null, c: { d: 2 } })).toEqual({
      a: { x: 1, y: [3] },
      b: null,
      c: { d: 2 },
    });
  });

  test('an empty layer changes nothing, and a layer over itself is itself', () => {
    fc.assert(
      fc.property(configs, (config) => {
        expect(mergeConfigs({}, config)).toEqual(config);
        expect(mergeConfigs(config, {})).toEqual(config);
        expect(mergeConfigs(config, config)).toEqual(config);
      }),
    );
  });

  test('how layers are grouped does not matter unless an object meets something else', () => {
    fc.assert(
      fc.property(closeConfigs, closeConfigs, (one, two) => {
        expect(mergeConfigs(one, two, two)).toEqual(mergeConfigs(mergeConfigs(one, two), two));
        expect(mergeConfigs({}, mergeConfigs(one, two))).toEqual(mergeConfigs(one, two));
      }),
    );
  });

  test('what is on top is in force', () => {
    fc.assert(
      fc.property(closeConfigs, closeConfigs, (below, above) => {
        const merged = mergeConfigs(below, above);
        expect(new Set(Object.keys(merged))).toEqual(new Set([...Object.keys(below), ...Object.keys(above)]));
        for (const [key, value] of Object.entries(above)) {
          if (typeof value !== 'object' || Array.isArray(value)) {
            expect(Object.getOwnPropertyDescriptor(merged, key)?.value).toEqual(value);
          }
        }
      }),
    );
  });

  test('no layer reaches a prototype, and none is changed', () => {
    fc.assert(
      fc.property(closeConfigs, closeConfigs, (below, above) => {
        const before = JSON.stringify([below, above]);
        const merged = mergeConfigs(below, above);
        expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
        expect(({} as Config).a).toBeUndefined();
        expect(JSON.stringify([below, above])).toBe(before);
      }),
    );
  });
});

describe('findForbiddenKey', () => {
  test.each([
    ['{"a": [{"__proto__": 1}]}', ['a', '0', '__proto__']],
    ['{"constructor": {}}', ['constructor']],
    ['{"a": "constructor"}', undefined],
  ])('of %s finds %j', (text, path) => {
    expect(findForbiddenKey(JSON.parse(text))).toEqual(path);
  });
});
