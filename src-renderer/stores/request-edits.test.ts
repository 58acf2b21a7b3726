import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, patchBetween } from './request-edits';

const generated = {
  request_id: 'r-1',
  target_type: 'source_code',
  target_data: { content: 'a = 1', filename: 'a.py' },
  context: {},
  timeout: 300,
};

describe('an edited request', () => {
  it('is no edit where nothing differs, also when it was typed anew', () => {
    expect(patchBetween(generated, JSON.parse(JSON.stringify(generated)))).toBeUndefined();
    expect(applyPatch(generated, undefined)).toBe(generated);
  });

  it('takes the text, the id and the time of the next request and keeps what was edited', () => {
    const patch = patchBetween(generated, {
      ...generated,
      timeout: 5,
      target_data: { content: 'a = 1', filename: 'b.py' },
    });
    const next = { ...generated, request_id: 'r-2', target_data: { content: 'a = 2', filename: 'a.py' } };
    expect(applyPatch(next, patch)).toEqual({
      ...next,
      timeout: 5,
      target_data: { content: 'a = 2', filename: 'b.py' },
    });
  });

  it('can lose a field', () => {
    const { context: _, ...without } = generated;
    expect(applyPatch(generated, patchBetween(generated, without))).toEqual(without);
  });

  it('comes out as it was edited, whatever it was before', () => {
    const value = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    const document = fc.dictionary(fc.oneof(fc.constant('target_data'), fc.string()), value);
    fc.assert(
      fc.property(document, document, (from, to) => {
        expect(applyPatch(from, patchBetween(from, to))).toEqual(to);
      }),
    );
  });
});
