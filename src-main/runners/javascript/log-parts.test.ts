import { expect, it } from 'vitest';
import { logParts } from './log-parts';

it('texts are the message and an object at the end is its fields', () => {
  expect(logParts(['looked at', 3, { kind: 'py', of: { files: 2 } }])).toEqual({
    message: 'looked at 3',
    fields: { kind: 'py', of: { files: 2 } },
  });
  expect(logParts(['looked'])).toEqual({ message: 'looked' });
});

it('an error among the fields is there by its stack', () => {
  const { fields } = logParts(['failed', { error: new TypeError('no such file') }]);
  expect(fields?.error).toMatch(/^TypeError: no such file\n {4}at /);
});

it('what is no plain object, cannot travel or is too large stands in the message', () => {
  expect(logParts([{ a: 1 }])).toEqual({ message: '{"a":1}' });
  expect(logParts(['list', [1, 2]])).toEqual({ message: 'list [1,2]' });
  expect(logParts(['map', { of: new Map() }]).message).toContain('it is a Map');
  const large = logParts(['much', { text: 'x'.repeat(20_000) }]);
  expect(large.fields).toBeUndefined();
  expect(large.message).toMatch(/^much .*more characters\)$/);
});

it('a getter that throws does not keep the line from being logged', () => {
  const value = {
    get secret(): string {
      throw new Error('not for you');
    },
  };
  expect(logParts(['look', value]).message).toContain('not for you');
});
