import { describe, expect, test } from 'vitest';
import { holdsSecrets, secretFieldAt, secretFieldsIn } from './secret-fields';

const SECRET = { type: 'string', format: 'secret' };

const pointersIn = (schema: Record<string, unknown>, values: unknown = {}) =>
  secretFieldsIn(schema, values).map(({ pointer, kind }) => (kind === 'map' ? `${pointer}/*` : pointer));

describe('a secret is found', () => {
  test('by its format, and where it is only written', () => {
    expect(pointersIn({ properties: { a: SECRET, b: { writeOnly: true }, c: { type: 'string' } } })).toEqual([
      '/a',
      '/b',
    ]);
  });

  test('in an object, with signs in its name that pointers escape', () => {
    expect(pointersIn({ properties: { 'a/b': { properties: { '~': SECRET } } } })).toEqual(['/a~1b/~0']);
  });

  test('in each item of a list that is there', () => {
    const schema = { properties: { list: { items: { properties: { token: SECRET } } } } };
    expect(pointersIn(schema, { list: [{}, { token: 'x' }] })).toEqual(['/list/0/token', '/list/1/token']);
  });

  test.each([
    ['2020-12', { prefixItems: [{ type: 'string' }, SECRET], items: { type: 'number' } }],
    ['draft-07', { items: [{ type: 'string' }, SECRET], additionalItems: { type: 'number' } }],
  ])('at its place in a tuple of %s', (_, tuple) => {
    expect(pointersIn({ properties: { pair: tuple } }, { pair: ['a', 'b', 3] })).toEqual(['/pair/1']);
  });

  test('by each name of a map, which itself takes more', () => {
    const schema = { properties: { hooks: { type: 'object', additionalProperties: SECRET } } };
    expect(pointersIn(schema, { hooks: { ops: 'x' } })).toEqual(['/hooks/*', '/hooks/ops']);
  });

  test('by the names that a pattern tells', () => {
    const schema = { patternProperties: { '^key_': SECRET }, additionalProperties: true };
    expect(pointersIn(schema, { key_a: 'x', other: 'y' })).toEqual(['/*', '/key_a']);
  });

  test.each([
    ['a definition', { $defs: { s: SECRET }, properties: { a: { $ref: '#/$defs/s' } } }],
    ['a definition of draft-07', { definitions: { s: SECRET }, properties: { a: { $ref: '#/definitions/s' } } }],
    ['an anchor', { $defs: { s: { ...SECRET, $anchor: 'key' } }, properties: { a: { $ref: '#key' } } }],
    ['one branch of several', { properties: { a: { anyOf: [{ type: 'null' }, SECRET] } } }],
    ['a condition', { if: { required: ['b'] }, else: { properties: { a: SECRET } } }],
    ['what depends on another', { dependentSchemas: { b: { properties: { a: SECRET } } } }],
  ])('behind %s', (_, schema) => {
    expect(pointersIn(schema)).toEqual(['/a']);
  });

  test('in a schema that refers to itself, as deep as there are values', () => {
    const schema = { properties: { token: SECRET, next: { $ref: '#' } } };
    expect(pointersIn(schema)).toEqual(['/token']);
    expect(pointersIn(schema, { next: { next: {} } })).toEqual(['/token', '/next/token', '/next/next/token']);
  });
});

test('a property that only is called format is none', () => {
  expect(pointersIn({ properties: { format: { const: 'secret' } } })).toEqual([]);
});

test('a field tells what people call it', () => {
  const schema = { properties: { a: { ...SECRET, title: 'API key', description: 'Of the feed.' } } };
  expect(secretFieldsIn(schema, {})).toEqual([
    { pointer: '/a', kind: 'value', title: 'API key', description: 'Of the feed.', types: new Set(['string']) },
  ]);
});

test('whether a place is one is known before anything is there', () => {
  const schema = { properties: { hooks: { additionalProperties: SECRET }, plain: { type: 'string' } } };
  expect(secretFieldAt(schema, '/hooks/ops')?.title).toBe('ops');
  for (const pointer of ['/hooks', '/plain', '/gone', '', 'hooks/ops']) {
    expect(secretFieldAt(schema, pointer)).toBeUndefined();
  }
});

test('a pattern that never ends holds nothing up, and what it may mean is kept secret', () => {
  const schema = { patternProperties: { '^(([a-z])+.)+[A-Z]([a-z])+$': SECRET } };
  expect(pointersIn(schema, { ['a'.repeat(60)]: 'x' })).toContain(`/${'a'.repeat(60)}`);
  const names = Array.from({ length: 200 }, (_, index) => 'a'.repeat(60) + index);
  const pointers = pointersIn(schema, Object.fromEntries(names.map((name) => [name, 'x'])));
  expect(pointers).toEqual(expect.arrayContaining(names.map((name) => `/${name}`)));
});

test('what may have one in it is known before anything is there', () => {
  const schema = {
    $defs: { key: { properties: { key: SECRET } } },
    properties: {
      list: { items: { $ref: '#/$defs/key' } },
      map: { additionalProperties: SECRET },
      plain: { items: {} },
    },
  };
  const holding = ['', '/list', '/list/0', '/list/0/key', '/map'].filter((pointer) => holdsSecrets(schema, pointer));
  expect(holding).toEqual(['', '/list', '/list/0', '/list/0/key', '/map']);
  for (const pointer of ['/plain', '/plain/0', '/gone']) expect(holdsSecrets(schema, pointer)).toBe(false);
});
