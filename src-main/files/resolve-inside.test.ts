import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { resolveInside, resolveNameInside } from './resolve-inside';
import { temporaryFolder } from './temporary-folder.fixture';

const base = temporaryFolder();
let folder = '';

beforeEach(async () => {
  folder = join(base.path, 'plugin');
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(base.path, 'plugin-secrets'));
  await writeFile(join(folder, 'src', 'a.ts'), '');
});

const refusal = (path: string) => resolveInside(folder, path).then(String, (error: { code: string }) => error.code);

describe('resolveInside', () => {
  test('follows each name on the way, whatever separates them on the platform', async () => {
    await symlink(join(base.path, 'plugin-secrets'), join(folder, 'link'));
    for (const resolve of [resolveInside, resolveNameInside]) {
      await expect(resolve(folder, 'link\\secret', 'win32')).rejects.toMatchObject({ code: 'workspace/outside' });
      expect(await resolve(folder, 'src\\a.ts', 'win32')).toBe(join(folder, 'src', 'a.ts'));
      expect(await resolve(folder, 'link\\secret', 'linux')).toBe(join(folder, 'link\\secret'));
    }
  });

  test('finds what is there, what is not there yet, and the folder itself', async () => {
    expect(await resolveInside(folder, 'src/a.ts')).toBe(join(folder, 'src', 'a.ts'));
    expect(await resolveInside(folder, './src//new/deep/b.ts')).toBe(join(folder, 'src', 'new', 'deep', 'b.ts'));
    expect(await resolveInside(folder, '')).toBe(folder);
  });

  test.each([
    '../plugin-secrets',
    'src/../../x',
    'src/../src/a.ts',
    '..',
    '..\\x',
    'src\\..\\..\\x',
    '/etc/passwd',
    'C:\\Windows',
    'C:x',
    '\\\\server\\share',
    'a\0b',
  ])('refuses %j', async (path) => {
    expect(await refusal(path)).toBe('workspace/outside');
  });

  test('a name that merely begins with dots is inside', async () => {
    expect(await resolveInside(folder, '..a/...')).toBe(join(folder, '..a', '...'));
  });

  test('a link inside resolves; a link out, also as a folder on the way, is refused', async () => {
    await symlink('src/a.ts', join(folder, 'inside'));
    await symlink(join(base.path, 'plugin-secrets'), join(folder, 'out'));
    expect(await resolveInside(folder, 'inside')).toBe(join(folder, 'src', 'a.ts'));
    expect(await refusal('out')).toBe('workspace/outside');
    expect(await refusal('out/new.txt')).toBe('workspace/outside');
  });

  test('a link to nothing is refused, so that writing cannot make its target', async () => {
    await symlink(join(base.path, 'not-there'), join(folder, 'dangling'));
    expect(await refusal('dangling')).toBe('workspace/outside');
    expect(await refusal('dangling/x')).toBe('workspace/outside');
  });

  test('a link that leads to itself is refused', async () => {
    await symlink('loop', join(folder, 'loop'));
    expect(await refusal('loop')).toBe('workspace/outside');
  });

  test('a file where the path wants a folder, and a plugin folder that is gone, are not found', async () => {
    expect(await refusal('src/a.ts/x')).toBe('workspace/not-found');
    await expect(resolveInside(join(base.path, 'gone'), 'x')).rejects.toMatchObject({ code: 'workspace/not-found' });
  });

  test('a folder reached through a link is its real self', async () => {
    await symlink(folder, join(base.path, 'alias'));
    expect(await resolveInside(join(base.path, 'alias'), 'src/a.ts')).toBe(join(folder, 'src', 'a.ts'));
  });
});

describe('resolveNameInside', () => {
  test('answers a link itself, whether it leads inside, outside or nowhere', async () => {
    await symlink('src', join(folder, 'in'));
    await symlink(join(base.path, 'plugin-secrets'), join(folder, 'src', 'out'));
    await symlink('gone', join(folder, 'nowhere'));
    for (const path of ['in', 'src/out', 'nowhere', 'new/name.ts']) {
      expect(await resolveNameInside(folder, path)).toBe(join(folder, path));
    }
  });

  test('follows the folders on the way, and refuses where they lead out', async () => {
    await symlink('src', join(folder, 'in'));
    await symlink(join(base.path, 'plugin-secrets'), join(folder, 'out'));
    expect(await resolveNameInside(folder, 'in/a.ts')).toBe(join(folder, 'src', 'a.ts'));
    await expect(resolveNameInside(folder, 'out/a.ts')).rejects.toMatchObject({ code: 'workspace/outside' });
  });

  test.each(['', '.', './', '..', 'src/..', '/etc'])('refuses %j', async (path) => {
    await expect(resolveNameInside(folder, path)).rejects.toMatchObject({ code: 'workspace/outside' });
  });
});
