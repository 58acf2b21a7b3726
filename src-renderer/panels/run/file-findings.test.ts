import type { Finding } from '@shared/contracts';
import type { Severity } from '@shared/schemas';
import { expect, it } from 'vitest';
import { findingsByFile } from './file-findings';

const finding = (file: string | undefined, severity: Severity): Finding => ({
  fingerprint: `${file}${severity}`,
  change: 'first',
  result: {
    vulnerability_id: 'v',
    title: 't',
    vulnerability_type: 'other',
    severity,
    ...(file === undefined ? {} : { location: { file } }),
  },
});

it('the file with the gravest findings comes first, then the one with more of them', () => {
  const files = findingsByFile([
    finding('many.js', 'low'),
    finding('many.js', 'low'),
    finding('b.js', 'high'),
    finding('a.js', 'high'),
    finding('a.js', 'info'),
    finding('worst.js', 'critical'),
  ]);
  expect(files.map(({ file, count, worst }) => [file, count, worst])).toEqual([
    ['worst.js', 1, 'critical'],
    ['a.js', 2, 'high'],
    ['b.js', 1, 'high'],
    ['many.js', 2, 'low'],
  ]);
});

it('findings without a file are together, under no name', () => {
  expect(findingsByFile([finding(undefined, 'info')])).toMatchObject([{ file: '', count: 1 }]);
});
