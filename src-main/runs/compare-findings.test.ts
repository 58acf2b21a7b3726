import type { VulnerabilityResult } from '@shared/schemas';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createComparison } from './compare-findings';
import { fingerprintAll } from './fingerprint';
import { finding } from './run-samples.fixture';

const anyFinding: fc.Arbitrary<VulnerabilityResult> = fc
  .record({
    rule: fc.constantFrom('sql', 'eval', undefined),
    evidence: fc.constantFrom('a', 'b', 'c', ''),
    file: fc.constantFrom('x.py', 'y.py', undefined),
    line: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ rule, evidence, file, line }) =>
    finding({
      custom_fields: rule === undefined ? {} : { rule_id: rule },
      evidence: evidence === '' ? [] : [evidence],
      location: { line, ...(file === undefined ? {} : { file }) },
    }),
  );
const anyFindings = fc.array(anyFinding, { maxLength: 30 });

const firstRun = (results: readonly VulnerabilityResult[]) => {
  const comparison = createComparison(undefined);
  return fingerprintAll(results, 'x.py').map(comparison.add);
};

test('the first run of a sample has only first findings', () => {
  expect(firstRun([finding(), finding({ title: 'other' })]).map(({ change }) => change)).toEqual(['first', 'first']);
});

test('fingerprints within a run are all different', () => {
  fc.assert(
    fc.property(anyFindings, (results) => {
      const all = fingerprintAll(results, 'x.py').map(({ fingerprint }) => fingerprint);
      expect(new Set(all).size).toBe(all.length);
    }),
  );
});

test('moving every finding to other lines changes nothing', () => {
  fc.assert(
    fc.property(anyFindings, fc.integer({ min: 1, max: 99 }), (results, by) => {
      const moved = results.map((result) => ({
        ...result,
        location: { ...result.location, line: result.location!.line! + by },
      }));
      const comparison = createComparison(firstRun(results));
      const findings = fingerprintAll(moved, 'x.py').map(comparison.add);
      expect(findings.every(({ change }) => change === 'same')).toBe(true);
      expect(comparison.gone()).toEqual([]);
    }),
  );
});

test('findings of the two runs add up: same and gone are the old ones, same and new the new ones', () => {
  fc.assert(
    fc.property(anyFindings, anyFindings, (before, after) => {
      const previous = firstRun(before);
      const comparison = createComparison(previous);
      const findings = fingerprintAll(after, 'x.py').map(comparison.add);
      const same = findings.filter(({ change }) => change === 'same').length;
      expect(same + comparison.gone().length).toBe(before.length);
      expect(same + findings.filter(({ change }) => change === 'new').length).toBe(after.length);
    }),
  );
});

test('the order in which a plugin finds things does not matter', () => {
  fc.assert(
    fc.property(anyFindings, (results) => {
      const comparison = createComparison(firstRun(results));
      const findings = fingerprintAll([...results].reverse(), 'x.py').map(comparison.add);
      expect(findings.filter(({ change }) => change !== 'same')).toEqual([]);
    }),
  );
});

test('white space in the evidence does not make a new finding; other text does', () => {
  const [before] = fingerprintAll([finding({ evidence: ['a  =\n b'] })], 'x.py');
  const [reformatted] = fingerprintAll([finding({ evidence: [' a = b'] })], 'x.py');
  const [other] = fingerprintAll([finding({ evidence: ['a = c'] })], 'x.py');
  expect(reformatted!.fingerprint).toBe(before!.fingerprint);
  expect(other!.fingerprint).not.toBe(before!.fingerprint);
});

test('a finding that names no file is in the file of its request', () => {
  expect(fingerprintAll([finding()], 'x.py')[0]!.result.location).toEqual({ file: 'x.py' });
});
