import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { whyNotShown } from './why-not-shown';

test('a file that is too large says how large it is and what opens', () => {
  const error = new StudioError('workspace/too-large', 'Too large.', { data: { size: 50 * 1024 * 1024 } });
  expect(whyNotShown('big.log', error)).toMatchObject({
    title: 'big.log is too large to edit',
    message: expect.stringMatching(/50(\.0)? MB.*up to 5 MB/),
    mayPass: false,
  });
});

test('a file of bytes is not offered again, one that could not be reached is', () => {
  expect(whyNotShown('a.png', new StudioError('workspace/not-text', 'NUL.')).mayPass).toBe(false);
  expect(whyNotShown('a.ts', new StudioError('workspace/not-found', 'Gone.')).mayPass).toBe(true);
  const lost = whyNotShown('a.ts', new StudioError('rpc/closed', 'The host is not connected.'));
  expect([lost.mayPass, lost.message]).toEqual([true, 'The host is not connected.']);
});
