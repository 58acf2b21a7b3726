import { expect, test } from 'vitest';
import { changeError } from './change-error';

const system = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ['EEXIST', 'workspace/exists', 'Choose another name'],
  ['ENOTEMPTY', 'workspace/exists', 'Empty it first'],
  ['ENAMETOOLONG', 'workspace/bad-name', 'Choose a shorter name'],
  ['EINVAL', 'workspace/bad-name', 'Choose another'],
  ['ENOTDIR', 'workspace/not-a-folder', 'Choose another place'],
  ['EBUSY', 'workspace/busy', 'Close it there'],
  ['EXDEV', 'workspace/other-disk', 'Copy'],
  ['EACCES', 'workspace/no-permission', 'Change its permissions'],
  ['EROFS', 'workspace/no-permission', 'read-only disk'],
  ['ENOENT', 'workspace/not-found', 'does not exist'],
])('%s becomes %s, which names the path and says what to do', (code, expected, remedy) => {
  const cause = system(code);
  expect(changeError(cause, 'src/a.ts')).toMatchObject({
    code: expected,
    message: expect.stringMatching(`src/a\\.ts.*${remedy}|${remedy}.*src/a\\.ts`),
    cause,
    data: { path: 'src/a.ts' },
  });
});

test('what it does not know passes through', () => {
  const unknown = system('EWEIRD');
  expect(changeError(unknown, 'a')).toBe(unknown);
});
