import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { inProject } from '../launch/project.mjs';
import { completeLock, missingPackages, platformOf } from './complete-lock.mjs';

const lock = (packages) => ({ lockfileVersion: 3, packages: { '': { name: 'studio' }, ...packages } });
const bundler = (optionalDependencies) => ({
  'node_modules/bundler': { version: '1.0.0', dev: true, optionalDependencies },
});

test('npm ci can install from the lock file: it holds every package that it speaks of, for any platform', async () => {
  const { packages } = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8'));
  // Otherwise run scripts/check/complete-lock.mjs, and see CONTRIBUTING.md.
  expect(missingPackages({ packages })).toEqual([]);
});

test('a package of another platform is entered with what its name says it is for', () => {
  const complete = completeLock(lock(bundler({ '@bundler/core-linux-arm64-musl': '1.0.0' })));
  expect(complete.packages['node_modules/@bundler/core-linux-arm64-musl']).toEqual({
    version: '1.0.0',
    cpu: ['arm64'],
    libc: ['musl'],
    os: ['linux'],
    dev: true,
    optional: true,
  });
  expect(missingPackages(complete)).toEqual([]);
});

test('a package that is there, beside or above the one that wants it, is left as it is', () => {
  const nested = 'node_modules/a/node_modules/bundler';
  for (const place of [
    `${nested}/node_modules/b-linux-x64`,
    'node_modules/a/node_modules/b-linux-x64',
    'node_modules/b-linux-x64',
  ]) {
    const packages = {
      [nested]: { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '1.0.0' } },
      [place]: { version: '1.0.0' },
    };
    expect(missingPackages(lock(packages)), place).toEqual([]);
  }
});

test('a package that only the registry can tell about is an error', () => {
  expect(() => completeLock(lock(bundler({ fsevents: '2.3.3' })))).toThrow('fsevents@2.3.3');
  expect(() => completeLock(lock(bundler({ 'b-darwin-x64': '^1.0.0' })))).toThrow('b-darwin-x64@^1.0.0');
});

test.each([
  ['@swc/core-win32-x64-msvc', { cpu: ['x64'], os: ['win32'] }],
  ['@esbuild/darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
  ['@oxc-parser/binding-wasm32-wasi', { cpu: ['wasm32'] }],
  ['fsevents', undefined],
])('the name %s says what the package is for', (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});
