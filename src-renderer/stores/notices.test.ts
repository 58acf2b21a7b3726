import { StudioError } from '@shared/errors';
import { expect, test } from 'vitest';
import { createNoticeStore } from './notices';

test('what failed for want of a connection is taken back once it is there again, and nothing else', () => {
  const notices = createNoticeStore();
  notices.report(new StudioError('rpc/closed', 'The host is not connected.'));
  notices.report(new StudioError('runs/busy', 'The plugin runs another sample.'));
  notices.report(new Error('Something else.'));
  notices.notify({ kind: 'info', message: 'Saved.' });
  notices.dismissCode('rpc/closed');
  expect(notices.getState().notices.map(({ message }) => message)).toEqual([
    'The plugin runs another sample.',
    'Something else.',
    'Saved.',
  ]);
});
