import { expect, test } from 'vitest';
import { describeRuntime, pickElectron, pickRuntime } from './pick-runtime.mjs';

const electron = (version) => ({ dist: `/dist/${version}`, executable: `/dist/${version}/electron`, version });
const wish = (changes = {}) => ({ browser: false, hasDisplay: true, overrideDist: undefined, ...changes });

/** A machine with nothing, on which all that is asked for is noted. */
function machine(present = {}) {
  const asked = [];
  const source = (name, answer) => async () => {
    asked.push(name);
    return present[name] ?? answer;
  };
  return {
    asked,
    findOverride: source('findOverride'),
    findOfficial: source('findOfficial'),
    fetchOfficial: source('fetchOfficial', { reason: 'no network' }),
    fetchDevelopment: source('fetchDevelopment', { reason: 'none for mars-arm64' }),
  };
}

test('--browser wins over everything, and nothing is looked for', async () => {
  const sources = machine({ findOfficial: electron('45.0.0') });
  const runtime = await pickRuntime(wish({ browser: true, overrideDist: '/dist' }), sources);
  expect(describeRuntime(runtime)).toBe('Runtime: browser mode, because --browser was given.');
  expect(sources.asked).toEqual([]);
});

test('without a display the browser is taken at once, and nothing is fetched', async () => {
  const sources = machine({ findOfficial: electron('45.0.0') });
  const runtime = await pickRuntime(wish({ hasDisplay: false }), sources);
  expect(describeRuntime(runtime)).toBe('Runtime: browser mode, because there is no display.');
  expect(sources.asked).toEqual([]);
});

test('the Electron that the environment names comes first', async () => {
  const sources = machine({ findOverride: electron('25.1.1'), findOfficial: electron('45.0.0') });
  const runtime = await pickRuntime(wish({ overrideDist: '/dist' }), sources);
  expect(describeRuntime(runtime)).toBe('Runtime: Electron 25.1.1, because ELECTRON_OVERRIDE_DIST_PATH names it.');
  expect(sources.asked).toEqual(['findOverride']);
});

test('a folder without an Electron is an error of who named it, not a reason to take another one', async () => {
  await expect(pickRuntime(wish({ overrideDist: '/empty' }), machine())).rejects.toThrow('/empty, which holds no');
});

test('the official Electron is used where it is installed, and fetched where it is not', async () => {
  const installed = machine({ findOfficial: electron('45.0.0') });
  expect(await pickRuntime(wish(), installed)).toMatchObject({
    kind: 'electron',
    why: 'the official one is installed',
  });
  expect(installed.asked).toEqual(['findOfficial']);
  const fetched = machine({ fetchOfficial: { found: electron('45.0.0') } });
  expect(await pickRuntime(wish(), fetched)).toMatchObject({ kind: 'electron', why: 'the official one was fetched' });
});

test('the development runtime comes next, and says that it is old and why it was taken', async () => {
  const runtime = await pickRuntime(wish(), machine({ fetchDevelopment: { found: electron('25.1.1') } }));
  expect(describeRuntime(runtime)).toBe(
    'Runtime: Electron 25.1.1, because the official Electron is not there (no network). ' +
      'It is old and gets no security fixes: for development only.',
  );
});

test('the browser is what is left, and every reason is said in one line', async () => {
  const line = describeRuntime(await pickRuntime(wish(), machine()));
  expect(line).toBe(
    'Runtime: browser mode, because the official Electron is not there (no network) ' +
      'and neither is the development runtime (none for mars-arm64).',
  );
});

test('the tests of the desktop window look for an Electron whether there is a display or not', async () => {
  const sources = machine({ fetchDevelopment: { found: electron('25.1.1') } });
  expect(await pickElectron(wish({ hasDisplay: false }), sources)).toMatchObject({ kind: 'electron' });
});
