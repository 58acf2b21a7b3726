import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvironment, variableOf } from './environment-layer';
import { toPointer, valueAt } from './pointer';

const typed = (type: unknown) => ({ properties: { x: { type } } });
const readAs = (schema: Record<string, unknown>, text: string) =>
  readEnvironment('p', { MCP_P_X: text }, schema, {}).values.x;

describe('readEnvironment', () => {
  test.each([
    ['string', '5', '5'],
    ['string', 'true', 'true'],
    ['string', '', ''],
    ['integer', '5', 5],
    ['number', '-1.5e3', -1500],
    ['boolean', 'true', true],
    ['boolean', 'FALSE', false],
    ['array', '["a", "b,c"]', ['a', 'b,c']],
    ['array', 'a, b', ['a', 'b']],
    ['array', '', []],
    ['object', '{"a": 1}', { a: 1 }],
    [['integer', 'null'], 'null', null],
    [['integer', 'string'], '5', 5],
    [['integer', 'string'], 'five', 'five'],
    [undefined, '5', 5],
    [undefined, 'five', 'five'],
  ])('as %j, %j is %j', (type, text, expected) => {
    expect(readAs(typed(type), text)).toEqual(expected);
  });

  test.each([
    ['integer', 'five'],
    ['integer', '1.5'],
    ['number', ''],
    ['boolean', 'yes'],
    ['object', '[1]'],
    ['null', 'none'],
  ])('as %j, %j is refused', (type, text) => {
    const { problems, values } = readEnvironment('p', { MCP_P_X: text }, typed(type), {});
    expect(problems).toMatchObject([{ layer: 'environment', pointer: '/x', code: 'config/environment' }]);
    expect(problems[0]?.message).toBe(`MCP_P_X must be ${type}, not ${JSON.stringify(text)}.`);
    expect(values).toEqual({});
  });

  test('the type comes from an enum, a reference, a branch, or the default value', () => {
    expect(readAs({ properties: { x: { enum: [1, 2] } } }, '1')).toBe(1);
    expect(readAs({ $defs: { s: { type: 'string' } }, properties: { x: { $ref: '#/$defs/s' } } }, '1')).toBe('1');
    expect(readAs({ properties: { x: { anyOf: [{ type: 'string' }, { type: 'null' }] } } }, '1')).toBe('1');
    expect(readAs({ allOf: [typed('string')] }, '1')).toBe('1');
    expect(readEnvironment('p', { MCP_P_X: '1' }, undefined, { x: 'text' }).values).toEqual({ x: '1' });
  });

  test('an underscore in a name and a step into an object do not meet', () => {
    const schema = { properties: { scan_depth: { type: 'integer' }, scan: typed('integer') } };
    const { values } = readEnvironment(
      'my-plugin',
      { MCP_MY_PLUGIN_SCAN_DEPTH: '1', MCP_MY_PLUGIN_SCAN__X: '2' },
      schema,
      {},
    );
    expect(values).toEqual({ scan_depth: 1, scan: { x: 2 } });
  });

  test('a variable that may mean two properties is refused, and both are named', () => {
    const schema = { properties: { 'a-b': { type: 'string' }, a_b: { type: 'string' } } };
    const { problems, values } = readEnvironment('p', { MCP_P_A_B: 'x' }, schema, {});
    expect(problems[0]?.message).toBe('MCP_P_A_B may mean /a-b or /a_b. Rename one of them in config_schema.');
    expect(values).toEqual({});
  });

  test('a variable of a plugin whose name goes on, and one that nothing names, are left alone', () => {
    const environment = { MCP_P_Q_X: '1', MCP_P_UNKNOWN: '1', MCP_P_: '1', MCP_P: '1', X: '1' };
    expect(readEnvironment('p', environment, typed('string'), {})).toEqual({ values: {}, variables: [], problems: [] });
  });

  test('a part of an object wins over the whole', () => {
    const schema = { properties: { x: { type: 'object', properties: { y: { type: 'integer' } } } } };
    const { values } = readEnvironment('p', { MCP_P_X__Y: '2', MCP_P_X: '{"y": 1, "z": 3}' }, schema, {});
    expect(values).toEqual({ x: { y: 2, z: 3 } });
  });

  test('a schema that refers to itself is followed only as far as the name leads', () => {
    const schema = {
      properties: { next: { $ref: '#' }, value: { type: 'integer' } },
      anyOf: [{ $ref: '#' }, { $ref: '#' }],
    };
    const { values } = readEnvironment('p', { MCP_P_NEXT__NEXT__VALUE: '5' }, schema, {});
    expect(values).toEqual({ next: { next: { value: 5 } } });
  });

  test('whatever the properties are called, a variable reaches its own or is told to be ambiguous', () => {
    const names = fc.stringMatching(/^[a-zA-Z_.-]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(names, { minLength: 1, maxLength: 4 }),
        fc.array(names, { maxLength: 4 }),
        fc.integer(),
        (path, others, value) => {
          const nested = path.reduceRight<Record<string, unknown>>((inner, key) => ({ properties: { [key]: inner } }), {
            type: 'integer',
          });
          const schema = { allOf: [nested, { properties: Object.fromEntries(others.map((key) => [key, {}])) }] };
          const { values, problems } = readEnvironment('p', { [variableOf('p', path)]: String(value) }, schema, {});
          if (problems.length > 0) expect(problems[0]?.message).toMatch(/may mean/);
          else expect(valueAt(values, toPointer(path))).toBe(value);
        },
      ),
    );
  });
});
