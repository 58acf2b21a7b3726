import { VulnerabilityResultSchema } from '@shared/schemas';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { findingsOfScan } from './scan-findings';

const results = Compile(VulnerabilityResultSchema);
const scanned = (...findings: unknown[]) => findingsOfScan({ result: { findings } }, '10.0.0.1');

test('what a finding of a scan says is taken, and all else kept as custom fields', () => {
  const [result] = scanned({
    finding_id: '10.0.0.4/6379/redis',
    name: 'Redis without a password',
    severity: 'HIGH',
    host: '10.0.0.4',
    port: 6379,
    evidence: 'NOAUTH',
    cvss_score: 11,
  });
  expect(result).toMatchObject({
    vulnerability_id: '10.0.0.4/6379/redis',
    title: 'Redis without a password',
    severity: 'high',
    vulnerability_type: 'other',
    location: { file: '10.0.0.4:6379' },
    evidence: ['NOAUTH'],
    custom_fields: { host: '10.0.0.4', port: 6379 },
  });
  expect(result).not.toHaveProperty('cvss_score');
  expect(scanned({}, 'text', null)).toMatchObject([
    { title: 'A finding without a title', severity: 'info', location: { file: '10.0.0.1' } },
  ]);
});

test('whatever a plugin calls a finding, it becomes one that keeps the contract', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (response, findings) => {
      for (const result of [...findingsOfScan(response, 't'), ...scanned(...findings)]) {
        expect(results.Check(result)).toBe(true);
      }
    }),
  );
});
