import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEventBus } from '../bus';
import { isAlive, soon } from './plugin-workshop.fixture';
import { createSupervisor, type Supervisor } from './supervisor';
import { noArtifact, takenOverRunner } from './taken-over-runner.fixture';

let folder: string;
let supervisor: Supervisor;
const bus = createEventBus();

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-hostile-')));
});

afterEach(async () => {
  await supervisor.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(onInvoke: string) {
  const runnerFile = join(folder, 'runner.cjs');
  await writeFile(runnerFile, takenOverRunner(onInvoke));
  supervisor = createSupervisor({
    bus,
    runnerFile,
    tempFolder: folder,
    limits: { lineBytes: 1_000_000, shutdownTimeoutMs: 500 },
  });
  return supervisor.start({
    folder,
    manifest: { name: 'x', version: '1.0.0' },
    artifact: noArtifact,
    config: {},
    generation: 1,
  });
}

describe('a runner that has been taken over', () => {
  it('says nonsense: each is ignored and counted, and its good answer is heard', async () => {
    const plugin = await start(`
      for (const text of ['not json', '{"kind":', '[[]]', 'null', '12', '"text"', '{}', '{"kind":"constructor"}',
        '{"kind":"result"}', '{"kind":"log","level":"loud","message":"x"}', '{"kind":"log","level":"info","message":{}}',
        '{"kind":"publish","id":-1,"event":{}}', '{"kind":"unsubscribe","id":1,"subscription":5}',
        '{"kind":"result","id":99999,"value":1}', '{"kind":"event-history","id":"x","limit":-1}']) say(text);
      say('[' + Array(5000).fill('{"kind":"junk"}').join(',') + ']');
      answer(message.id, 'good');
    `);
    expect(await plugin.invoke('analyze', [], soon)).toBe('good');
    const { entries } = plugin.log.read(0, 100);
    expect(entries).toHaveLength(10);
    expect(entries.at(-1)).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('More of them are not reported'),
    });
    expect(plugin.status().state).toBe('ready');
  });

  it('plants nothing in the host by what it answers, logs or publishes', async () => {
    const plugin = await start(`
      const planted = '{"__proto__":{"polluted":"x"},"constructor":{"prototype":{"polluted":"x"}}}';
      say('{"kind":"log","level":"info","message":"x","__proto__":{"polluted":"x"}}');
      say('{"kind":"publish","id":1,"event":{"event_type":"custom.x","data":' + planted + ',"metadata":' + planted + '}}');
      say('{"kind":"access","id":2,"operation":"__proto__","args":' + planted + '}');
      say('{"kind":"result","id":' + message.id + ',"value":' + planted + '}');
    `);
    const answer = await plugin.invoke('analyze', [], soon);
    expect((answer as { polluted?: string }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect(Object.prototype).not.toHaveProperty('polluted');
    const [event] = bus.history(100).filter(({ event_type }) => event_type === 'custom.x');
    expect([event?.data, event?.metadata].map((value) => value?.polluted)).toEqual([undefined, undefined]);
  });

  it('cannot touch the subscriptions of others', async () => {
    const theirs = bus.subscribe('victim', () => undefined);
    const plugin = await start(
      "say(JSON.stringify({ kind: 'unsubscribe', id: 1, subscription: message.args[0] })); answer(message.id, true);",
    );
    await plugin.invoke('analyze', [theirs.subscription_id], soon);
    expect(bus.listSubscriptions().map(({ subscriber_id }) => subscriber_id)).toEqual(['victim']);
    bus.unsubscribe(theirs.subscription_id);
  });

  it('answers a call twice: the first answer counts', async () => {
    const plugin = await start('answer(message.id, 1); answer(message.id, 2);');
    expect(await plugin.invoke('analyze', [], soon)).toBe(1);
    expect(await plugin.invoke('analyze', [], soon)).toBe(1);
  });

  it('sends a line without an end is killed before it fills the host', async () => {
    const plugin = await start(
      "const fill = () => { while (host.write('x'.repeat(65536))); host.once('drain', fill); }; fill();",
    );
    const { pid } = plugin.status();
    await expect(plugin.invoke('analyze', [], soon)).rejects.toMatchObject({
      code: 'plugins/crashed',
      message: expect.stringContaining('more than 1 MB in one message'),
    });
    expect(pid !== undefined && isAlive(pid)).toBe(false);
  });

  it('ends itself: the call fails with its exit code and last words', async () => {
    const plugin = await start("process.stderr.write('one\\ntwo\\n', () => process.exit(7));");
    await expect(plugin.invoke('analyze', [], soon)).rejects.toMatchObject({
      code: 'plugins/crashed',
      data: { exitCode: 7 },
      message: expect.stringMatching(/exit code 7.*\none\ntwo$/s),
    });
  });

  it('reaches no file, process or addon where the runtime can deny it', async () => {
    const plugin = await start(`
      const codes = [
        () => require('node:fs').readFileSync('/etc/hostname'),
        () => require('node:fs').writeFileSync('${'$'}{message.args[0]}', ''),
        () => require('node:fs').readdirSync('/'),
        () => require('node:child_process').spawnSync('true'),
        () => process.binding('fs'),
      ].map((attempt) => { try { attempt(); return 'done'; } catch (error) { return error.code; } });
      answer(message.id, codes);
    `);
    const denied = supervisor.isolation.includes('permissions');
    const codes = await plugin.invoke('analyze', [join(folder, 'written')], soon);
    const expected = denied ? 'ERR_ACCESS_DENIED' : 'done';
    expect((codes as string[]).slice(0, 4)).toEqual(Array(4).fill(expected));
    const { allowedNodeEnvironmentFlags: flags } = process;
    expect(denied).toBe(flags.has('--permission') || flags.has('--experimental-permission'));
  });
});
