import { type LogEntry, pluginsService } from '@shared/contracts';
import { expect, it } from 'vitest';
import { createScriptedHost } from '../../stores/scripted-host.fixture';
import { followLog } from './follow-log';

const entry = (seq: number): LogEntry => ({ seq, time: 0, level: 'info', message: `line ${seq}` });

function following() {
  const host = createScriptedHost(pluginsService);
  const seen: number[] = [];
  const followed = followLog({
    client: host.client,
    folder: '/a',
    lastSeq: () => seen.at(-1) ?? 0,
    onRead: ({ entries }) => seen.push(...entries.map(({ seq }) => seq)),
    onError: (error) => {
      throw error;
    },
  });
  const question = () => host.question(pluginsService, 'readLog');
  return { ...host, seen, followed, question };
}

it('reads what there is, and on from there when the host tells of more', async () => {
  const { tell, seen, question } = following();
  const first = await question();
  expect(first.params).toMatchObject({ folder: '/a', after: 0 });
  // Told while it reads: it reads once more afterwards.
  tell(pluginsService, 'didLog', { folder: '/a', lastSeq: 3 });
  first.answer({ entries: [entry(1), entry(2)], missed: 0 });
  const second = await question();
  expect(second.params).toMatchObject({ after: 2 });
  second.answer({ entries: [entry(3)], missed: 0 });
  tell(pluginsService, 'didLog', { folder: '/other', lastSeq: 9 });
  tell(pluginsService, 'didLog', { folder: '/a', lastSeq: 4 });
  (await question()).answer({ entries: [entry(4)], missed: 0 });
  tell(pluginsService, 'didLog', { folder: '/a', lastSeq: 5 });
  expect((await question()).params).toMatchObject({ after: 4 });
  expect(seen).toEqual([1, 2, 3, 4]);
});

it('what was read before a clear is not told after it', async () => {
  const { seen, followed, question } = following();
  const before = await question();
  followed.forget();
  before.answer({ entries: [entry(1)], missed: 0 });
  const after = await question();
  expect(seen).toEqual([]);
  after.answer({ entries: [entry(2)], missed: 0 });
});
