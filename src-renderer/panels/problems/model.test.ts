import type { Diagnostic } from '@shared/contracts';
import { expect, test } from 'vitest';
import { countProblems, groupProblems } from './model';

const problem = (file: string, severity: Diagnostic['severity'], line: number): Diagnostic => ({
  source: 'manifest',
  file,
  severity,
  code: 'manifest/version',
  message: 'version "1.2" is not SemVer',
  range: { startLine: line, startColumn: 1, endLine: line, endColumn: 4 },
});
const plugins = [
  { folder: '/a', name: 'one' },
  { folder: '/b', name: 'two' },
];
const diagnostics = {
  '/a': [problem('plugin.json', 'warning', 1), problem('src/a.ts', 'error', 9), problem('plugin.json', 'error', 7)],
  '/closed': [problem('plugin.json', 'error', 1)],
};

test('problems stand by plugin and file, errors first', () => {
  const groups = groupProblems(plugins, diagnostics);
  expect(groups.map(({ plugin, file }) => [plugin, file])).toEqual([
    ['one', 'plugin.json'],
    ['one', 'src/a.ts'],
  ]);
  expect(groups[0]!.diagnostics.map(({ severity }) => severity)).toEqual(['error', 'warning']);
});

test('a closed plugin has no problems', () => {
  expect(countProblems(plugins, diagnostics)).toEqual({ errors: 2, warnings: 1, total: 3 });
});
