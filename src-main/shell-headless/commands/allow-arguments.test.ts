import { isStudioError } from '@shared/errors';
import { expect, it } from 'vitest';
import { readAllowance } from './allow-arguments';

it('permissions and hosts are taken together', () => {
  expect(
    readAllowance(['file_system_access', 'network_access=A.example, *.b.example:443', 'network_access=10.0.0.0/8']),
  ).toEqual({ permissions: ['file_system_access'], hosts: ['a.example', '*.b.example:443', '10.0.0.0/8'] });
  expect(readAllowance([])).toEqual({ permissions: [], hosts: [] });
});

it.each([
  ['files', 'cli/bad-allow'],
  ['', 'cli/bad-allow'],
  ['process_execution', 'cli/bad-allow'],
  ['network_access', 'cli/bad-allow'],
  ['network_access=', 'cli/bad-allow'],
  ['file_system_access=/etc', 'cli/bad-allow'],
  ['network_access=http://a.example/', 'permissions/invalid-host'],
])('"%s" is refused as %s', (argument, code) => {
  let thrown: unknown;
  try {
    readAllowance([argument]);
  } catch (error) {
    thrown = error;
  }
  expect(isStudioError(thrown, code)).toBe(true);
});
