import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMessageSender } from './message-sender';
import { analyzer, openWorkshop, type PluginWorkshop, soon } from './plugin-workshop.fixture';
import { createSupervisor, type Supervisor } from './supervisor';
import { noArtifact, takenOverRunner } from './taken-over-runner.fixture';

const LEVELS = 20_000;
const deepText = `'['.repeat(${LEVELS}) + ']'.repeat(${LEVELS})`;
const invoke = (id: number, args: unknown[]) => ({ kind: 'invoke' as const, id, method: 'm', args });

describe('what the host says to a process', () => {
  const open = (mostWaiting: number) => {
    const channel = new PassThrough();
    let failures = 0;
    const sender = createMessageSender(channel, { mostWaiting, onFailure: () => failures++ });
    return { channel, sender, failures: () => failures };
  };

  it('keeps its order, whether at once or soon, small or large', async () => {
    const { channel, sender } = open(1e9);
    const large = 'x'.repeat(700_000);
    for (let id = 1; id <= 20; id++) {
      if (id % 3 === 0) sender.sendSoon(invoke(id, [large]));
      else sender.send(invoke(id, [id]));
    }
    const ids: number[] = [];
    let text = '';
    channel.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await sender.drained();
    channel.end();
    await new Promise((done) => channel.once('end', done));
    for (const line of text.trimEnd().split('\n')) ids.push(...[JSON.parse(line)].flat().map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('that cannot be text is the end of that process, and is told', async () => {
    const { sender, failures } = open(1e9);
    const deep = JSON.parse('['.repeat(LEVELS) + ']'.repeat(LEVELS)) as unknown[];
    sender.send(invoke(1, deep));
    sender.send(invoke(2, []));
    await sender.drained();
    expect([failures(), sender.unsayable]).toEqual([1, expect.stringContaining('call stack')]);
  });

  it('and it does not read is given up', async () => {
    const { sender, failures } = open(3_000_000);
    for (let id = 1; id < 100; id++) sender.sendSoon(invoke(id, ['x'.repeat(100_000)]));
    await sender.drained();
    expect(failures()).toBe(1);
    expect(sender.unread).toBeGreaterThan(3_000_000);
  });
});

describe('a process', () => {
  let workshop: PluginWorkshop;
  let folder: string;
  let hostile: Supervisor;

  beforeEach(async () => {
    workshop = await openWorkshop({ lineBytes: 1_000_000 });
    folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-unsayable-')));
  });

  afterEach(async () => {
    await hostile?.close();
    await workshop.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(onInvoke: string, onReply = '') {
    const runnerFile = join(folder, 'runner.cjs');
    await writeFile(runnerFile, takenOverRunner(onInvoke, onReply));
    const limits = { lineBytes: 1_000_000, shutdownTimeoutMs: 500 };
    hostile = createSupervisor({ bus: workshop.bus, runnerFile, tempFolder: folder, limits });
    const manifest = { name: 'x', version: '1.0.0' };
    return hostile.start({ folder, manifest, artifact: noArtifact, config: {}, generation: 1 });
  }

  it('that says a value 20,000 levels deep is refused it, and its subscribers never see it', async () => {
    const heard: unknown[] = [];
    workshop.bus.subscribe('other', (events) => void heard.push(events), { event_types: ['custom.*'] });
    const plugin = await start(
      `call = message.id;
       say('{"kind":"publish","id":1,"event":{"event_type":"custom.deep","data":{"a":' + (${deepText}) + '}}}');
       say('{"kind":"access","id":2,"operation":"file-read","args":' + (${deepText}) + '}');`,
      `(told ??= []).push(message.error.code); if (told.length === 2) answer(call, told);`,
    );
    expect(await plugin.invoke('analyze', [], soon)).toEqual(['events/invalid', 'capabilities/invalid']);
    expect(heard).toEqual([]);
  });

  it('that answers with one fails the call', async () => {
    const plugin = await start(`say('{"kind":"result","id":' + message.id + ',"value":' + (${deepText}) + '}');`);
    await expect(plugin.invoke('analyze', [], soon)).rejects.toMatchObject({
      code: 'plugins/plugin-error',
      message: 'ValidationError: The result nests more than 200 levels deep.',
    });
  });

  it.each([
    { kind: 'unsubscribe', subscription: 'x'.repeat(60) },
    { kind: 'access', operation: 'file-read', args: { path: 'a' } },
  ])(
    'that asks ($kind) and does not read is ended for that',
    async (question) => {
      const plugin = await start(
        `host.pause();
       const ask = (id) => {
         while (host.write(JSON.stringify({ ...${JSON.stringify(question)}, id }) + '\\n')) id++;
         host.once('drain', () => ask(id + 1));
       };
       ask(1);`,
      );
      await expect(plugin.invoke('analyze', [], { timeoutMs: 60_000 })).rejects.toMatchObject({
        code: 'plugins/crashed',
        message: expect.stringContaining('did not read what it was sent'),
        data: { reason: 'flood', limit: 1_000_000, unit: 'bytes' },
      });
    },
    60_000,
  );

  it('that is sent more than it reads at once gets all of it', async () => {
    const listener = await workshop.start(
      analyzer(`
        lengths = [];
        async initialize() {
          for (let i = 0; i < 6; i++)
            await this.eventBus.subscribe('s' + i, ({ data }) => { this.lengths.push(data.text.length); }, { event_types: ['custom.large'] });
        }
        async enrich() {
          const histories = await Promise.all([1, 2, 3, 4].map(() => this.eventBus.getEventHistory(10)));
          return [this.lengths, histories.map((events) => events.filter((event) => event.event_type === 'custom.large').length)];
        }`),
    );
    const size = 800_000;
    for (let i = 0; i < 3; i++) {
      workshop.bus.publish({ event_type: 'custom.large', source: 'host', data: { text: 'x'.repeat(size) } });
    }
    const [lengths, histories] = (await listener.invoke('enrich', [], soon)) as [number[], number[]];
    expect(histories).toEqual([3, 3, 3, 3]);
    expect(lengths).toEqual(Array(18).fill(size));
  });
});
