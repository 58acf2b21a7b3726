import { expect, test } from 'vitest';
import { tallyOfDoors, tallyOfPlaywright } from '../end-to-end/run-specs.mjs';
import { findChromium, findProgram, missingLibraries } from '../end-to-end/system-packages.mjs';
import { addTallies, tallyOfVitest } from './run-checks.mjs';

const vitest = (changes) => ({ numPassedTests: 5, numFailedTests: 0, testResults: [], ...changes });
const playwright = (changes) => ({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0, ...changes } });

test('the tests that passed and failed are counted', () => {
  expect(tallyOfVitest(vitest({}), 0)).toEqual({ passed: 5, failed: 0 });
  expect(tallyOfVitest(vitest({ numFailedTests: 2 }), 1)).toEqual({ passed: 5, failed: 2 });
  expect(tallyOfPlaywright(playwright({ unexpected: 1 }), 1)).toEqual({ passed: 4, failed: 1 });
  expect(addTallies({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({ passed: 4, failed: 6 });
});

test('a test file that could not be loaded is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(tallyOfVitest(vitest({ testResults }), 1)).toEqual({ passed: 5, failed: 1 });
});

test('a run that ended badly is a failure, though no test failed', () => {
  expect(tallyOfVitest(vitest({}), 1)).toEqual({ passed: 5, failed: 1 });
  expect(tallyOfVitest(undefined, 1)).toEqual({ passed: 0, failed: 1 });
  expect(tallyOfPlaywright(playwright({}), 1)).toEqual({ passed: 4, failed: 1 });
  expect(tallyOfPlaywright(undefined, 1)).toEqual({ passed: 0, failed: 1 });
});

test('a spec that was skipped or needed a second try has not passed', () => {
  expect(tallyOfPlaywright(playwright({ skipped: 2, flaky: 1 }), 0)).toEqual({ passed: 4, failed: 3 });
});

test('both doors count, and words that name no spec are a failure', () => {
  expect(tallyOfDoors([tallyOfPlaywright(playwright({}), 0), { passed: 0, failed: 0 }])).toEqual({
    passed: 4,
    failed: 0,
  });
  expect(tallyOfDoors([{ passed: 0, failed: 0 }])).toEqual({ passed: 0, failed: 1 });
});

test('the libraries that a program lacks are read from ldd', () => {
  const output = '\tlinux-vdso.so.1 (0x00007ffd)\n\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n';
  expect(missingLibraries(output)).toEqual(['libgtk-3.so.0']);
});

test('a program is looked up as a shell does', () => {
  const PATH = process.env.PATH;
  expect(findProgram('sh', { PATH })).toMatch(/[\\/]sh$/);
  expect(findProgram('no-such-program', { PATH })).toBeUndefined();
  expect(findProgram('sh', {})).toBeUndefined();
});

test('a Chromium that is named is taken or missing, and no other is looked for', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath, PATH: '' }, 'linux')).toBe(process.execPath);
  expect(findChromium({ CHROMIUM_PATH: '/nowhere/chromium', PATH: process.env.PATH }, 'linux')).toBeUndefined();
});
