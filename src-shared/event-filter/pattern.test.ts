import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePatterns, compileWildcards, matchesPattern } from './pattern';

describe('a pattern', () => {
  it.each([
    ['scan.started', ['scan.started'], ['scan.started.now', 'scan', 'Scan.started', 'scanxstarted']],
    ['a.*', ['a.b', 'a.bcd'], ['a', 'a.', 'a.b.c', 'b.a', 'ab']],
    ['a.**', ['a.b', 'a.b.c', 'a.b.c.d'], ['a', 'a.', 'ab', 'b.a.c']],
    ['*', ['custom', 'a'], ['a.b', '']],
    ['**', ['custom', 'a.b', 'a.b.c'], []],
    ['*.failed', ['scan.failed'], ['failed', '.failed', 'a.scan.failed', 'scan.failed.now']],
    ['a.*.c', ['a.b.c'], ['a.c', 'a..c', 'a.b.b.c']],
    ['a.**.d', ['a.b.d', 'a.b.c.d'], ['a.d', 'a..d'.replace('..', '.')]],
    ['scan.fail*', ['scan.fail', 'scan.failed'], ['scan.failed.now', 'scan.fai']],
    ['*er', ['er', 'scanner'], ['scan.er']],
    ['linter:**', ['linter:1.0.0', 'linter:'], ['linter', 'linters:1.0.0']],
    ['a.(b|c)+', ['a.(b|c)+'], ['a.b', 'a.bb']],
  ])('%s matches what it says', (pattern, matching, others) => {
    for (const name of matching) expect([name, matchesPattern(pattern, name)]).toEqual([name, true]);
    for (const name of others) expect([name, matchesPattern(pattern, name)]).toEqual([name, false]);
  });

  it('means the same to the quick ways and to the general one', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, fc.constantFrom('*', '**'), (stem, name, stars) => {
        const asRegExp = new RegExp(`^${stem.replace(/\./g, '\\.')}\\.${stars === '*' ? '[^.]+' : '.+'}$`);
        expect(matchesPattern(`${stem}.${stars}`, name)).toBe(asRegExp.test(name));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no time that explodes on patterns made to be slow', () => {
    const began = performance.now();
    expect(matchesPattern(`${'a**'.repeat(80)}b`, 'a'.repeat(5000))).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('is refused when it has no end', () => {
    expect(() => matchesPattern('a'.repeat(257), 'a')).toThrow(
      expect.objectContaining({ code: 'events/invalid-pattern' }),
    );
  });
});

describe('several patterns', () => {
  it('restrict nothing when there are none', () => {
    expect(compilePatterns([])).toBeUndefined();
    expect(compilePatterns(undefined)).toBeUndefined();
  });

  it('match what any of them matches', () => {
    const matches = compilePatterns(['scan.*', 'custom']);
    expect(['scan.started', 'custom', 'data.ingested'].map((name) => matches?.(name))).toEqual([true, true, false]);
  });

  it('go over dots where names have no segments', () => {
    const matches = compileWildcards(['static-analyzer*']);
    expect(['static-analyzer', 'static-analyzer:0.1.0', 'other:0.1.0'].map((name) => matches?.(name))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
