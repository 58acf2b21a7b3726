import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inForce, merged, parseStored, type Values, withFormChange } from './model';

const stored = '# what this team wants\nseverity_threshold: high # not less\nrules:\n  off: [debug]\n';

describe('a change in the form', () => {
  test('touches only the value that changed and keeps the comments', () => {
    const before = { severity_threshold: 'high', rules: { off: ['debug'] } };
    const after = { severity_threshold: 'low', rules: { off: ['debug'] } };
    expect(withFormChange(stored, before, after)).toBe(
      '# what this team wants\nseverity_threshold: low # not less\nrules:\n  off: [ debug ]\n',
    );
  });

  test('writes nothing of the layers below', () => {
    const defaults = { severity_threshold: 'medium', entropy: 4 };
    expect(withFormChange('', defaults, { ...defaults, entropy: 3.5 })).toBe('entropy: 3.5\n');
  });

  test('takes a value out where the form cleared it', () => {
    expect(withFormChange('a: 1\nb: 2\n', { a: 1, b: 2 }, { b: 2 })).toBe('b: 2\n');
  });

  test('gives a text that parses to the new values, whatever they are', () => {
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,6}$/),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
    );
    fc.assert(
      fc.property(values, values, (before: Values, after: Values) => {
        const text = withFormChange('', {}, before);
        expect(parseStored(withFormChange(text, before, after)).values).toEqual({ ...after });
      }),
    );
  });
});

describe('a stored text', () => {
  test('that is empty holds no values', () => {
    expect(parseStored('')).toEqual({ values: {}, error: undefined });
  });

  test('that does not parse says the line', () => {
    expect(parseStored('a: 1\nb: [1, 2\n').error?.line).toBe(3);
  });

  test('that is a list is refused with the form that is meant', () => {
    expect(parseStored('- a\n').error?.message).toContain('severity_threshold: high');
  });
});

test('objects merge deep and lists are replaced', () => {
  expect(merged({ a: { b: 1, c: 2 }, d: [1] }, { a: { c: 3 }, d: [2] })).toEqual({ a: { b: 1, c: 3 }, d: [2] });
});

test.each([
  ['is in force', { stored: { b: 2, c: 2 } }],
  ['was refused', { stored: {}, storedInForce: { b: 2, c: 2 } }],
])('each value in force names the layer that it comes from, where what is stored %s', (_, layersOfFile) => {
  const layers = inForce({
    folder: '/p',
    generation: 1,
    defaults: { a: 1, b: 1, c: 1 },
    ...layersOfFile,
    environment: [{ variable: 'MCP_P_C', pointer: '/c', value: 3 }],
    effective: { a: 1, b: 2, c: 3 },
    file: { path: 'config/p.yaml', exists: true, text: '', version: null },
    problems: [],
    warnings: [],
    secrets: [],
    applied: [],
  });
  expect(layers.map(({ name, layer }) => [name, layer])).toEqual([
    ['a', 'default'],
    ['b', 'stored'],
    ['c', 'environment'],
  ]);
});

test('what is wrong with a text is a sentence; its place is said beside it', () => {
  const { error } = parseStored('a: 1\nlist: [1, 2\n');
  expect(error?.message).toMatch(/^Flow sequence .* must end with a \]\.$|^[A-Z].*\.$/);
  expect(error?.message).not.toMatch(/ at line |:\.?$/);
});
