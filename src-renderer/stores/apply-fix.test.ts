import type { Diagnostic } from '@shared/contracts';
import { expect, test } from 'vitest';
import { sameProblem } from './apply-fix';

const problem = (file: string, severity: Diagnostic['severity'], line: number): Diagnostic => ({
  source: 'manifest',
  file,
  severity,
  code: 'manifest/version',
  message: 'version "1.2" is not SemVer',
  range: { startLine: line, startColumn: 1, endLine: line, endColumn: 4 },
});

test('a problem is known again after its text has moved', () => {
  const before = { ...problem('plugin.json', 'error', 3), pointer: '/version' };
  expect(sameProblem(before)({ ...before, range: { startLine: 8, startColumn: 1, endLine: 8, endColumn: 4 } })).toBe(
    true,
  );
  expect(sameProblem(before)({ ...before, pointer: '/name' })).toBe(false);
});
