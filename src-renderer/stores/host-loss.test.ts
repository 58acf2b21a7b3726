import { eventsService, type RunSummary, runsService, type StudioInfo, studioService } from '@shared/contracts';
import { expect, test } from 'vitest';
import { lossSentence, tellOfHostLoss } from './host-loss';
import { createNoticeStore } from './notices';
import { createScriptedHost } from './scripted-host.fixture';

const infoOf = (instance: string): StudioInfo => ({
  version: '1.0.0',
  runtime: 'Node 20',
  door: 'browser',
  platform: 'linux',
  isolation: 'ses',
  dataFolder: '/data',
  instance,
});
const stats = { stored: 16, capacity: 100, published: 16, evicted: 0, dropped: 0, perSecond: 0 };

async function start() {
  const host = createScriptedHost(studioService, eventsService, runsService);
  const notices = createNoticeStore();
  const runs = { getState: () => ({ summaries: { '/plugin': [{} as RunSummary] } }) } as unknown as Parameters<
    typeof tellOfHostLoss
  >[1];
  tellOfHostLoss(host.client, runs, notices);
  const answer = async (instance: string) => (await host.question(studioService, 'info')).answer(infoOf(instance));
  await answer('first');
  const heard = new Promise((resolve) => host.client.events.on('didChange', resolve));
  host.tell(eventsService, 'didChange', { stats, queries: [] });
  await heard;
  return { ...host, notices, answer, messages: () => notices.getState().notices.map(({ message }) => message) };
}

test('what went with a host that died is told, and stays told until it is dismissed', async () => {
  const { connect, answer, notices, messages } = await start();
  const told = new Promise((resolve) => notices.subscribe(resolve));
  connect();
  await answer('second');
  await told;
  expect(messages()).toEqual([lossSentence(1, 16)]);
  expect(messages()[0]).toContain('1 run and 16 events from before are gone');
  // News goes of its own; a warning is there until somebody has read it.
  expect(notices.getState().notices[0]?.kind).toBe('warning');
});

test('a connection that was lost to a host that lives has cost nothing', async () => {
  const { connect, answer, client, question, messages } = await start();
  connect();
  await answer('first');
  const asked = client.studio.info({});
  (await question(studioService, 'info')).answer(infoOf('first'));
  await asked;
  expect(messages()).toEqual([]);
});

test('a host that had nothing yet is said to have had nothing', () => {
  expect(lossSentence(0, 0)).toContain('It had no runs and no events yet.');
  expect(lossSentence(1, 0)).toContain('1 run from before is gone');
});
