import type { SecurityEvent } from '@shared/schemas';
import { describe, expect, it } from 'vitest';
import { summarize } from './summary';

const of = (event_type: string, data: SecurityEvent['data']) =>
  summarize({ event_id: 'one', event_type, timestamp: '2026-11-22T12:00:00Z', data });

describe('the summary', () => {
  it.each([
    [{ title: 'SQL built by hand', location: { file: 'src/db.ts', line: 12 } }, 'SQL built by hand · src/db.ts:12'],
    [{ title: 'Weak hash', file: 'a.py', line: 3 }, 'Weak hash · a.py:3'],
    [{ title: 'Weak hash', location: { file: 'a.py' } }, 'Weak hash · a.py'],
    [{ title: 'Weak hash' }, 'Weak hash'],
    [{ location: { file: 'a.py' } }, 'location: {file: a.py}'],
  ])('of a finding is its title and its place', (data, line) => {
    expect(of('security.vulnerability_detected', data)).toBe(line);
  });

  it.each([
    [{ findings: 3, duration_ms: 42.4 }, '3 findings · 42 ms'],
    [{ vulnerabilities: [{}], analysis_duration: 12.34 }, '1 finding · 12.3 s'],
    [{ vulnerabilities_found: 0 }, '0 findings'],
    [{ duration_ms: 5 }, 'duration_ms: 5'],
  ])('of an analysis is what it found and how long it took', (data, line) => {
    expect(of('analysis.completed', data)).toBe(line);
  });

  it.each([
    ['analysis.failed', { run_id: '8f78b9ea', error: 'Rule 4 threw.' }, 'Rule 4 threw.'],
    [
      'analysis.failed',
      { run_id: '8f78b9ea', error: { code: 'x', message: 'It took too long.' } },
      'It took too long.',
    ],
    ['plugin.error', { plugin_id: 'a:1.0.0', code: 'x', message: 'It exited.' }, 'It exited.'],
    ['plugin.error', { code: 'x' }, 'code: x'],
  ])('of a failure is why', (type, data, line) => {
    expect(of(type, data)).toBe(line);
  });

  it('gives of a long fraction what can be read, and leaves a short one as it is', () => {
    const data = { duration_ms: 2.196088000026066, share: 0.123456, score: 7.25, big: 1e300, places: 52.5163 };
    expect(of('custom', data)).toBe('duration_ms: 2.2, share: 0.12, score: 7.25, big: 1e+300, places: 52.5');
  });

  it('of anything else names its values, with lists and maps inside', () => {
    const data = { ip: '10.0.0.1', ports: [22, 80], user: { name: 'root', admin: true }, note: null };
    expect(of('custom', data)).toBe('ip: 10.0.0.1, ports: [22, 80], user: {name: root, admin: true}, note: null');
    expect(of('custom', undefined)).toBe('');
  });

  it('shows what would hide or turn the line', () => {
    expect(of('custom', { a: 'x\ny\tz\u007f\u202e\u200b' })).toBe('a: x␊y␉z␡\\u{202e}\\u{200b}');
    expect(of('custom', { 'k\u0000': '\ud800' })).toBe('k␀: \\u{d800}');
  });

  it('is at most 200 characters long, and cuts no character in two', () => {
    const line = of('custom', { a: '🔒'.repeat(500) });
    expect([...line]).toHaveLength(200);
    expect(line.endsWith('🔒…')).toBe(true);
  });

  it('goes no deeper than there is room', () => {
    let deep: unknown = 'the bottom';
    for (let level = 0; level < 50_000; level += 1) deep = { a: deep };
    expect(of('custom', { deep })).toMatch(/^deep: \{a: \{a: .*…$/);
  });

  it('does not read a large event to its end', () => {
    let reads = 0;
    const item = {
      get value() {
        reads += 1;
        return 'some text of some length';
      },
    };
    expect(of('custom', { list: Array.from({ length: 100_000 }, () => item) })).toHaveLength(200);
    expect(reads).toBeLessThan(40);
  });
});
