import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistryState } from '@shared/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../runs/run-samples.fixture';
import { checkRegistryConfig } from './read-registry-config';
import { openRegistryConfig, type RegistryConfig } from './registry-config';

async function setUp({ file, watches = true }: { file?: string; watches?: boolean } = {}) {
  const dataFolder = await temporaryFolder();
  const errors: unknown[] = [];
  const path = file === undefined ? join(dataFolder, 'registry.yaml') : join(dataFolder, file);
  const open = async () => {
    const registry = await openRegistryConfig({
      dataFolder,
      file: file === undefined ? undefined : path,
      watches,
      onError: (error) => void errors.push(error),
    });
    onTestFinished(registry.close);
    return registry;
  };
  return { path, errors, open, write: (text: string) => writeFile(path, text) };
}

const changed = (registry: RegistryConfig) =>
  new Promise<RegistryState>((resolve) => {
    const stop = registry.onDidChange.on((state) => {
      stop();
      resolve(state);
    });
  });

test('without a file nothing is said about any plugin', async () => {
  const { path, open } = await setUp();
  const registry = await open();
  expect(registry.read()).toEqual({});
  expect(registry.state()).toEqual({ file: path, inForce: 'none', warnings: [], unused: [] });
});

test('a file is followed while the studio runs; one that is refused says why, and the last good stays', async () => {
  const { path, open, write, errors } = await setUp();
  const registry = await open();
  const first = changed(registry);
  await write('max_plugin_memory_mb: 128\n');
  expect(await first).toMatchObject({ inForce: 'file' });
  expect(registry.read()).toEqual({ max_plugin_memory_mb: 128 });

  const second = changed(registry);
  await write('max_plugin_memory_mb: lots\n');
  const refused = await second;
  expect(refused.inForce).toBe('last-good');
  expect(refused.problem).toBe(
    `The registry configuration ${path} is refused. Line 1: max_plugin_memory_mb must be number.`,
  );
  expect(registry.read()).toEqual({ max_plugin_memory_mb: 128 });
  expect(errors).toEqual([expect.objectContaining({ code: 'registry/invalid' })]);

  const third = changed(registry);
  await rm(path);
  expect(await third).toMatchObject({ inForce: 'none' });
  expect(registry.read()).toEqual({});
});

test('a file that is broken at the next start lifts no limit: what was accepted last still holds', async () => {
  const { open, write, errors } = await setUp();
  await write('allowed_permissions: [file_system_access]\n');
  await (await open()).close();
  await write('allowed_permissions: [\n');
  const registry = await open();
  expect(registry.read()).toEqual({ allowed_permissions: ['file_system_access'] });
  expect(registry.state()).toMatchObject({ inForce: 'last-good', problem: expect.stringContaining('Line ') });
  expect(errors).toHaveLength(1);
});

test('where nothing was ever accepted, a broken file ends a command, and is told in a window', async () => {
  const command = await setUp({ watches: false });
  await command.write('[]');
  await expect(command.open()).rejects.toMatchObject({ code: 'registry/invalid' });
  const window = await setUp();
  await window.write('[]');
  expect((await window.open()).state()).toMatchObject({ inForce: 'none', problem: expect.stringContaining('refused') });
});

test('a file that is named must be there and be whole', async () => {
  const { open, path, write } = await setUp({ file: 'given.json' });
  await expect(open()).rejects.toMatchObject({ code: 'registry/unreadable', message: expect.stringContaining(path) });
  await write('{"max_plugin_cpu_percent": 0}');
  await expect(open()).rejects.toMatchObject({ code: 'registry/invalid', message: expect.stringContaining(path) });
  await write('{"max_plugin_cpu_percent": 25}');
  expect((await open()).read()).toEqual({ max_plugin_cpu_percent: 25 });
});

test('a file that is named and goes away lifts no limit: what it said last still holds', async () => {
  const { open, path, write, errors } = await setUp({ file: 'given.yaml' });
  await write('allowed_permissions: [file_system_access]\n');
  const registry = await open();
  const gone = changed(registry);
  await rm(path);
  expect(await gone).toMatchObject({ inForce: 'last-good', problem: expect.stringContaining('is not there') });
  expect(registry.read()).toEqual({ allowed_permissions: ['file_system_access'] });
  expect(errors).toEqual([expect.objectContaining({ code: 'registry/unreadable' })]);

  const back = changed(registry);
  await write('allowed_permissions: [network_access]\n');
  expect(await back).toMatchObject({ inForce: 'file' });
  expect(registry.read()).toEqual({ allowed_permissions: ['network_access'] });
});

test('what nothing follows from is said: misspelled, not heeded, or of a registry that is served', () => {
  const { warnings, unused, config } = checkRegistryConfig(
    'r.yaml',
    'max_plugin_memory: 9\nsandbox_plugins: false\nallowed_permissions: [network]\napi_port: 8090\nauto_load: true\n',
  );
  expect(warnings).toEqual([
    'The registry configuration has no field "max_plugin_memory". Did you mean "max_plugin_memory_mb"?',
    'sandbox_plugins: false is not followed: the studio runs plugins in their sandbox, always.',
    expect.stringContaining('"network", which is no permission.'),
  ]);
  expect(unused).toEqual(['api_port', 'auto_load']);
  expect(config.api_port).toBe(8090);
});

test.each([
  ['max_plugin_memory_mb: 8', /no plugin starts with less than 32/],
  ['startup_timeout: 0', /startup_timeout must be >= 0\.001/],
  ['api_port: 99999', /Line 1: api_port/],
  ['a: 1\na: 2', /Line 2/],
])('%s is refused with its line', (text, why) => {
  expect(() => checkRegistryConfig('r.yaml', text)).toThrow(why);
});
