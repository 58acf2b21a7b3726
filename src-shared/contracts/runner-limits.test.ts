import { describe, expect, it } from 'vitest';
import { cutText } from './runner-limits';

describe('cutting a text', () => {
  it('leaves what fits as it is', () => {
    expect(cutText('x'.repeat(100), 100)).toBe('x'.repeat(100));
  });

  it('stays within the limit, says how much is missing, and cuts nothing twice', () => {
    const once = cutText('x'.repeat(150), 100);
    expect(once).toBe(`${'x'.repeat(52)}… (98 more characters)`);
    expect(cutText(once, 100)).toBe(once);
  });
});
