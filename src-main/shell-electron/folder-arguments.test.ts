import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { foldersOfArguments, registryFileOfArguments } from './folder-arguments';

const application = resolve('/srv/studio');

test("in development the plugins come after the application's own folder", () => {
  const argv = [
    '/opt/electron',
    '-r',
    'loader.js',
    '--no-sandbox',
    '/srv/studio',
    'one',
    '--log-level=3',
    '/plugins/two',
  ];
  expect(foldersOfArguments(argv, '/home/ada', application)).toEqual([
    resolve('/home/ada/one'),
    resolve('/plugins/two'),
  ]);
});

test("the application's folder may be named from where the person stands", () => {
  expect(foldersOfArguments(['/opt/electron', '.', 'one'], '/srv/studio', application)).toEqual([
    resolve('/srv/studio/one'),
  ]);
});

test('a packaged application takes every word', () => {
  expect(foldersOfArguments(['/opt/studio', '--flag', 'one'], '/home/ada', undefined)).toEqual([
    resolve('/home/ada/one'),
  ]);
});

test('a registry configuration is one word with its option, and no folder', () => {
  const argv = ['/opt/electron', '--registry-config=limits/registry.yaml', '/srv/studio', 'one'];
  expect(registryFileOfArguments(argv, '/home/ada')).toBe(resolve('/home/ada/limits/registry.yaml'));
  expect(registryFileOfArguments(['/opt/electron', '/srv/studio'], '/home/ada')).toBeUndefined();
  expect(foldersOfArguments(argv, '/home/ada', application)).toEqual([resolve('/home/ada/one')]);
});

test('no words, no folders', () => {
  expect(foldersOfArguments(['/opt/electron', '/srv/studio'], '/', application)).toEqual([]);
  expect(foldersOfArguments(['/opt/studio'], '/', undefined)).toEqual([]);
});
