import { expect, it } from 'vitest';
import { configOf, overrideProblem } from './config-overrides';

it('values mean what they look like, and dots lead inside', () => {
  expect(
    configOf([
      { key: 'severity_threshold', value: 'high' },
      { key: 'rules.sql.enabled', value: 'false' },
      { key: 'rules.sql.limit', value: '5' },
      { key: ' tags ', value: '[a, b]' },
      { key: 'pattern', value: '"5"' },
      { key: 'nothing', value: '' },
    ]),
  ).toEqual({
    severity_threshold: 'high',
    rules: { sql: { enabled: false, limit: 5 } },
    tags: ['a', 'b'],
    pattern: '5',
    nothing: null,
  });
});

it('a row that is still empty changes nothing', () => {
  expect(configOf([{ key: '', value: ' ' }])).toEqual({});
});

it.each([
  [{ key: '', value: '5' }, 'no key'],
  [{ key: 'a..b', value: '5' }, 'dots between'],
  [{ key: 'a', value: '[1, ' }, 'not YAML'],
])('%j is refused and not run', (override, problem) => {
  expect(overrideProblem(override)).toContain(problem);
  expect(() => configOf([override])).toThrow(problem);
});
