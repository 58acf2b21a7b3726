import { describe, expect, test } from 'vitest';
import { compileJsonSchema, type JsonSchema } from './json-schema';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema';

function violations(schema: JsonSchema, value: unknown) {
  const compiled = compileJsonSchema(schema);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  return compiled.check(value).map(({ pointer, message }) => `${pointer} ${message}`);
}

function faults(schema: JsonSchema) {
  const compiled = compileJsonSchema(schema);
  return compiled.ok ? [] : compiled.faults.map(({ pointer, message }) => `${pointer} ${message}`);
}

describe('compileJsonSchema', () => {
  test.each([
    [{ type: 'number' }, '5', ' must be a number, not "5"'],
    [{ type: ['string', 'null'] }, 5, ' must be a string or null, not 5'],
    [{ enum: ['low', 'high'] }, 'hgih', ' must be "low" or "high", not "hgih"'],
    [{ required: ['a/b'] }, {}, '/a~1b is required and missing'],
    [{ properties: { a: {} }, additionalProperties: false }, { b: 1 }, '/b is not a known property'],
    [{ properties: { n: { maximum: 10 } } }, { n: 11 }, '/n must be at most 10, not 11'],
    [{ minLength: 1 }, '', ' must not be empty'],
    [{ format: 'email' }, 'x', ' must be a valid email, not "x"'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 5, ' must be a string or null, not 5'],
    [{ type: 'number' }, Number.NaN, ' must be a number, not null'],
    [{ const: 'a' }, 'x'.repeat(99), ` must be "a", not "${'x'.repeat(59)}…`],
  ])('%j says of %j: %s', (schema, value, expected) => {
    for (const $schema of [DRAFT_07, DRAFT_2020]) expect(violations({ $schema, ...schema }, value)).toEqual([expected]);
  });

  test('of a value that fits no branch one thing is told, also where the branches are references', () => {
    const schema = {
      $defs: { level: { enum: ['low', 'high'] } },
      minLength: 5,
      anyOf: [{ $ref: '#/$defs/level' }, { type: 'number' }],
    };
    expect(violations(schema, 'mid')).toEqual([
      ' fits none of what is allowed here: must be "low" or "high", not "mid"; or must be a number, not "mid"',
      ' must have at least 5 characters',
    ]);
  });

  test('each dialect has its own keywords', () => {
    expect(violations({ $schema: DRAFT_07, items: [{ type: 'string' }] }, [1])).toEqual(['/0 must be a string, not 1']);
    expect(violations({ $schema: DRAFT_2020, prefixItems: [{ type: 'string' }] }, [1])).toHaveLength(1);
    expect(violations({ prefixItems: [{ type: 'string' }] }, [1])).toHaveLength(1);
    expect(faults({ $schema: DRAFT_2020, items: [{ type: 'string' }] })).not.toEqual([]);
  });

  test('the spelling of the dialect may vary in http, https and the final #', () => {
    expect(faults({ $schema: 'https://json-schema.org/draft-07/schema' })).toEqual([]);
    expect(faults({ $schema: 'http://json-schema.org/draft/2020-12/schema#' })).toEqual([]);
  });

  test('another dialect is refused, and the known ones are named', () => {
    const [fault] = faults({ $schema: 'http://json-schema.org/draft-04/schema#' });
    expect(fault).toMatch(/^\/\$schema is a dialect .*draft-07.*2020-12/);
  });

  test('a fault in the schema is told at its place', () => {
    expect(faults({ properties: { a: { type: 'strin' } } })[0]).toMatch(/^\/properties\/a\/type /);
    expect(faults({ properties: { a: { minimum: 'x' } } })).toEqual([
      '/properties/a/minimum must be a number, not "x"',
    ]);
    expect(faults({ properties: { a: { pattern: '(' } } })).toEqual([
      '/properties/a/pattern cannot be used: Invalid regular expression: /(/: Unterminated group.',
    ]);
    expect(faults({ properties: { a: { $ref: '#/$defs/b' } } })).toEqual([
      '/properties/a/$ref refers to "#/$defs/b", which is not in the schema. Add it under $defs or definitions.',
    ]);
  });

  test('a schema is never fetched', () => {
    expect(faults({ properties: { a: { $ref: 'http://127.0.0.1:1/x.json' } } })[0]).toMatch(/^\/properties\/a\/\$ref /);
  });

  test('a circle of references is told, not followed for ever', () => {
    const compiled = compileJsonSchema({ $ref: '#' });
    const told = compiled.ok ? compiled.check({}) : compiled.faults;
    expect(told.map(({ message }) => message)).toEqual(['refers to itself without end. Break the circle of $ref.']);
  });

  test('a schema may describe a tree of itself', () => {
    const tree = { type: 'object', properties: { child: { $ref: '#' } } };
    expect(violations(tree, { child: { child: 1 } })).toEqual(['/child/child must be an object, not 1']);
  });

  test('a pattern that only older engines read is honoured', () => {
    expect(violations({ pattern: '^[\\w-.]+$' }, 'a b')).toHaveLength(1);
    expect(violations({ pattern: '^[\\w-.]+$' }, 'a-b.c')).toEqual([]);
  });

  test('unknown formats and keywords are left alone', () => {
    expect(violations({ format: 'cron', 'x-order': 1 }, 'anything')).toEqual([]);
  });

  test('two schemas with one $id do not meet', () => {
    expect(violations({ $id: 'https://example.org/config', type: 'string' }, 'a')).toEqual([]);
    expect(violations({ $id: 'https://example.org/config', type: 'number' }, 'a')).toHaveLength(1);
  });

  test('the same schema is compiled once', () => {
    expect(compileJsonSchema({ type: 'string', title: 'x' })).toBe(compileJsonSchema({ type: 'string', title: 'x' }));
  });
});

test('a pattern that would take for ever is given up, and said', () => {
  const compiled = compileJsonSchema({ properties: { name: { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } } });
  if (!compiled.ok) throw new Error('it is a schema');
  expect(compiled.check({ name: 'a'.repeat(100) })).toMatchObject([
    { keyword: 'schema', message: expect.stringContaining('takes longer than 1 s') },
  ]);
  expect(compiled.check({ name: 'aB' })).not.toEqual([]);
  expect(compiled.check({ name: 'a.Bc' })).toEqual([]);
});
