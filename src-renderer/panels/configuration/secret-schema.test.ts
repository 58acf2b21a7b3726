import type { SecretState } from '@shared/contracts';
import { describe, expect, test } from 'vitest';
import { pointerIn, stateInWords, withoutSecretFields, withoutSecretValues } from './secret-schema';

const SECRET = { type: 'string', format: 'secret' };
const PLAIN = { type: 'string' };

describe('the form has no field for', () => {
  test.each([
    ['a secret', SECRET],
    ['what is only written', { writeOnly: true }],
    ['a secret by reference', { $ref: '#/$defs/s' }],
    ['a secret in a branch', { anyOf: [{ type: 'null' }, SECRET] }],
    ['a map of secrets', { type: 'object', additionalProperties: SECRET }],
    ['a list of secrets', { type: 'array', items: SECRET }],
  ])('%s, and does not ask for it', (_, field) => {
    const schema = { $defs: { s: SECRET }, required: ['a', 'b'], properties: { a: field, b: PLAIN } };
    expect(withoutSecretFields(schema)).toMatchObject({ required: ['b'] });
    expect(withoutSecretFields(schema).properties).toEqual({ b: PLAIN });
  });
});

test('of an object or an item only what is secret goes', () => {
  const item = { type: 'object', properties: { host: PLAIN, password: SECRET } };
  expect(withoutSecretFields({ properties: { servers: { type: 'array', items: item } } })).toEqual({
    properties: { servers: { type: 'array', items: { type: 'object', properties: { host: PLAIN } } } },
  });
});

test('a default that looks like a schema stays as it is', () => {
  const schema = { properties: { a: { type: 'object', default: { properties: { b: SECRET } } } } };
  expect(withoutSecretFields(schema)).toEqual(schema);
});

const at = (pointer: string): SecretState => ({ pointer, kind: 'value', title: pointer, isSet: true });

test('values of secrets go, and items keep their places', () => {
  const values = { a: 'x', 'b/c': { d: 'y', e: 1 }, list: ['z', 'kept'] };
  expect(withoutSecretValues(values, [at('/a'), at('/b~1c/d'), at('/list/0'), at('/gone/x')])).toEqual({
    'b/c': { e: 1 },
    list: ['', 'kept'],
  });
  expect(values.a).toBe('x');
});

test('a secret says in words where it comes from', () => {
  const secret = at('/a');
  expect(stateInWords({ ...secret, isSet: false })).toBe('Not set.');
  expect(stateInWords({ ...secret, from: 'store' })).toBe('Set.');
  expect(stateInWords({ ...secret, from: 'environment', variable: 'MCP_P_A' })).toContain('MCP_P_A');
  expect(stateInWords({ ...secret, from: 'file', file: 'config/p.yaml' })).toContain('config/p.yaml');
  expect(stateInWords({ ...secret, from: 'store', file: 'config/p.yaml' })).toContain('too');
  expect(stateInWords({ ...secret, isUnused: true })).toContain('no place');
});

test('a name in a map may have the signs of pointers', () => {
  expect(pointerIn('/hooks', 'a/b~c')).toBe('/hooks/a~1b~0c');
});
