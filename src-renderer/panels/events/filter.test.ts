import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termsOf, withoutTerms, withTerm } from '../../ui/filter-terms';
import { parseFilter } from './filter';

const queryOf = (text: string) => {
  const { query, problems } = parseFilter(text);
  expect(problems).toEqual([]);
  return query;
};

const problemOf = (text: string) => {
  const { problems } = parseFilter(text);
  expect(problems).toHaveLength(1);
  const problem = problems[0]!;
  return { text: text.slice(problem.start, problem.end), message: problem.message };
};

describe('what can be filtered', () => {
  it('an empty filter asks for everything', () => {
    expect(queryOf('   ')).toEqual({});
  });

  it('every field of the syntax becomes its part of the query', () => {
    expect(
      queryOf('type:security.** priority>=high source:static-analyzer* tag:x correlation:run-41 free "quoted text"'),
    ).toEqual({
      types: ['security.**'],
      minPriority: 'high',
      sources: ['static-analyzer*'],
      tags: ['x'],
      correlationId: 'run-41',
      texts: ['free', 'quoted text'],
    });
  });

  it('several types are alternatives, by comma or by repeating the field', () => {
    expect(queryOf('type:a.*,b type:c').types).toEqual(['a.*', 'b', 'c']);
  });

  it('a minus leaves types and sources out', () => {
    expect(queryOf('-type:system.** -source:noisy:1.0.0')).toEqual({
      excludeTypes: ['system.**'],
      excludeSources: ['noisy:1.0.0'],
    });
  });

  it('≥ is read as >=, and critical needs no >= since nothing is higher', () => {
    expect(queryOf('priority≥low').minPriority).toBe('low');
    expect(queryOf('priority:critical').minPriority).toBe('critical');
  });

  it('quotes keep white space, commas and what looks like a field', () => {
    expect(queryOf('source:"a, b" "type:x" "say \\"hi\\""')).toEqual({
      sources: ['a, b'],
      texts: ['type:x', 'say "hi"'],
    });
  });

  it('an address, a time and a plugin id are text', () => {
    expect(queryOf('https://example.org/a 14:02:11 static-analyzer:1.0.0').texts).toEqual([
      'https://example.org/a',
      '14:02:11',
      'static-analyzer:1.0.0',
    ]);
  });
});

describe('what is refused, and where', () => {
  it.each([
    ['a typ:security b', 'typ:security', 'no field "typ"'],
    ['x "open end', '"open end', 'not closed'],
    ['type: priority>=high', 'type:', 'needs a value'],
    ['type:a,,b', 'type:a,,b', 'needs a value'],
    ['type>=high', 'type>=high', 'Only priority is compared'],
    ['priority>=urgent', 'priority>=urgent', 'Priorities: critical, high, medium, low'],
    ['priority:high', 'priority:high', 'priority>=high'],
    ['priority>=low priority>=high', 'priority>=high', 'One priority is enough'],
    ['correlation:a correlation:b', 'correlation:b', 'Only one correlation'],
    ['-tag:x', '-tag:x', 'Only type and source'],
    ['-"x"', '-"x"', 'cannot be left out'],
    ['type:a.***', 'type:a.***', 'too many stars'],
    [`type:${'a'.repeat(257)}`, `type:${'a'.repeat(257)}`, 'at most 256'],
    ['""', '""', 'nothing between the quotes'],
  ])('%s', (text, place, message) => {
    const problem = problemOf(text);
    expect(problem.text).toBe(place);
    expect(problem.message).toContain(message);
  });
});

describe('terms', () => {
  it('never overlap, stay in order and cover everything but white space', () => {
    const letters = fc.constantFrom(...'type:priority>=≥-"\\, \t.*abc');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 60 }), (chosen) => {
        const text = chosen.join('');
        const terms = termsOf(text);
        let at = 0;
        let between = '';
        for (const { start, end, valueStart } of terms) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(valueStart).toBeGreaterThanOrEqual(start);
          expect(valueStart).toBeLessThanOrEqual(end);
          between += text.slice(at, start);
          at = end;
        }
        expect((between + text.slice(at)).trim()).toBe('');
      }),
    );
  });

  it('a value put in by a click is read back as the same value, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom('', 'free words', 'correlation:old x'),
        (value, before) => {
          expect(queryOf(withTerm(before, 'correlation', value)).correlationId).toBe(value);
        },
      ),
    );
  });

  it('following another correlation replaces the first and keeps the rest of what was typed', () => {
    expect(withTerm('type:a correlation:run-1 "b c"', 'correlation', 'run-2')).toBe('type:a "b c" correlation:run-2');
  });

  it('excluding a second source keeps the first', () => {
    expect(withTerm('-source:a', 'source', 'b', { negated: true, keep: true })).toBe('-source:a -source:b');
  });

  it('a field can be taken out again', () => {
    expect(withoutTerms('type:a correlation:run-1 x', ({ field }) => field === 'correlation')).toBe('type:a x');
  });
});
