import { chmod, mkdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture';
import { type ClaimsPlaceOptions, claimsPlace } from './claims-place';
import { createFolderClaims } from './folder-claims';

const base = temporaryFolder();
const at = (path: string) => join(base.path, path);
const own = process.getuid?.() ?? 0;

const placeOf = (more: Partial<ClaimsPlaceOptions> = {}) =>
  claimsPlace({ dataFolder: at('data'), environment: {}, user: own, temporaryFolder: base.path, ...more });

test('studios of one user find each other whatever their data folders are', async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const first = createFolderClaims(placeOf({ dataFolder: at('one') }), onError);
  const second = createFolderClaims(placeOf({ dataFolder: at('two') }), onError);
  const noticed = new Promise<void>((done) => second.onDidChange.on(done));
  const release = first.claim('/plugins/a');
  await noticed;
  release();
  first.close();
  second.close();
  expect(errors).toEqual([]);
});

test('the folder for what runs is taken where it is the user’s own', async () => {
  await mkdir(at('run'), { mode: 0o700 });
  const environment = { XDG_RUNTIME_DIR: at('run') };
  expect(placeOf({ environment })).toBe(at('run/mcp-plugin-studio'));
  await chmod(at('run'), 0o777);
  expect(placeOf({ environment })).toBe(at(`mcp-plugin-studio-${own}`));
  expect(placeOf({ environment: { XDG_RUNTIME_DIR: 'run' } })).toBe(at(`mcp-plugin-studio-${own}`));
});

test('what is made in the temporary folder is for the user alone', async () => {
  expect((await stat(placeOf())).mode & 0o777).toBe(0o700);
});

test('a folder of somebody else, one that others may write to, and a link are not used', async () => {
  const path = at(`mcp-plugin-studio-${own}`);
  await mkdir(at('elsewhere'));
  await symlink(at('elsewhere'), path);
  expect(placeOf()).toBe(at('data'));
  await mkdir(at(`mcp-plugin-studio-${own + 1}`), { mode: 0o700 });
  expect(placeOf({ user: own + 1 })).toBe(at('data'));
  await mkdir(at('other'));
  await mkdir(at(`other/mcp-plugin-studio-${own}`));
  await chmod(at(`other/mcp-plugin-studio-${own}`), 0o777);
  expect(placeOf({ temporaryFolder: at('other') })).toBe(at('data'));
});

test('where users have no numbers the temporary folder is theirs', () => {
  expect(placeOf({ user: undefined })).toBe(at('mcp-plugin-studio'));
});
