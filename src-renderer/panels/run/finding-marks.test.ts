import type { Finding } from '@shared/contracts';
import type { VulnerabilityResult } from '@shared/schemas';
import { describe, expect, it } from 'vitest';
import { findingOnLine, marksOf } from './finding-marks';

const text = 'import os\r\n\r\n    os.system("ping " + host)\r\nlast';

const finding = (fingerprint: string, result: Partial<VulnerabilityResult>): Finding => ({
  fingerprint,
  change: 'first',
  result: {
    vulnerability_id: fingerprint,
    title: 'Shell command',
    vulnerability_type: 'code_injection',
    severity: 'critical',
    cwe_ids: ['CWE-78'],
    ...result,
  },
});

const markOf = (result: Partial<VulnerabilityResult>) => marksOf(text, [finding('a', result)], undefined)[0];
const marked = (result: Partial<VulnerabilityResult>) => {
  const mark = markOf(result)!;
  return text.split('\r\n')[mark.line - 1]!.slice(mark.startColumn! - 1, mark.endColumn! - 1);
};

describe('marks in the sample', () => {
  it('say what is wrong, with the weakness and how bad it is', () => {
    expect(markOf({ location: { line: 3 } })).toMatchObject({
      line: 3,
      severity: 'critical',
      message: 'Shell command · CWE-78 · critical',
    });
  });

  it('underline exactly what the offsets name', () => {
    const start_pos = text.indexOf('os.system');
    expect(marked({ location: { start_pos, end_pos: start_pos + 9 } })).toBe('os.system');
  });

  it('do not believe offsets that contradict the line, or that are outside the text', () => {
    expect(marked({ location: { line: 1, start_pos: 20, end_pos: 24 } })).toBe('import os');
    expect(marked({ location: { line: 1, start_pos: 900, end_pos: 904 } })).toBe('import os');
  });

  it('an underline that goes on over lines ends with the first', () => {
    const start_pos = text.indexOf('ping');
    expect(marked({ location: { start_pos, end_pos: text.length } })).toBe('ping " + host)');
  });

  it('underline the evidence where the line holds it', () => {
    expect(marked({ location: { line: 3 }, evidence: ['not there', '  "ping " + host '] })).toBe('"ping " + host');
  });

  it('underline from the column, or else from the first letter, to the end of the line', () => {
    expect(marked({ location: { line: 3, column: 8 } })).toBe('system("ping " + host)');
    expect(marked({ location: { line: 3 } })).toBe('os.system("ping " + host)');
  });

  it('an empty line is marked without an underline; a line that is not there is not marked', () => {
    expect(markOf({ location: { line: 2 } })).toEqual({
      line: 2,
      severity: 'critical',
      message: expect.any(String),
      shorter: expect.any(Array),
    });
    expect(markOf({ location: { line: 5 } })).toBeUndefined();
    expect(markOf({})).toBeUndefined();
  });

  it('know which finding the table has selected', () => {
    const findings = [finding('a', { location: { line: 1 } }), finding('b', { location: { line: 3 } })];
    expect(marksOf(text, findings, 'b').map(({ selected }) => selected)).toEqual([undefined, true]);
  });
});

it('clicking a line again selects the next of its findings', () => {
  const findings = [
    finding('a', { location: { line: 3 } }),
    finding('b', { location: { line: 1 } }),
    finding('c', { location: { line: 3 } }),
  ];
  expect(findingOnLine(findings, 3, undefined)?.fingerprint).toBe('a');
  expect(findingOnLine(findings, 3, 'a')?.fingerprint).toBe('c');
  expect(findingOnLine(findings, 3, 'c')?.fingerprint).toBe('a');
  expect(findingOnLine(findings, 2, 'c')).toBeUndefined();
});
