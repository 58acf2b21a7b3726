import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunnerMessageSchema } from '@shared/contracts/runner-protocol';
import { Compile } from 'typebox/compile';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBroker, createPluginPermissions, openGrantStore } from '../capabilities';
import { BAD_MESSAGE, checkRunnerMessage } from './checked-message';
import { HOW_MANY, SEED, sampleOf } from './mutations.fixture';
import { analyzer, databaseWorkerFile, openWorkshop, type PluginWorkshop, soon } from './plugin-workshop.fixture';
import { createSupervisor, type Supervisor } from './supervisor';
import { noArtifact, takenOverRunner } from './taken-over-runner.fixture';

/** As a good runner says them. */
const asking = [
  {
    kind: 'publish',
    event: { event_type: 'custom.x', data: { a: [1, { b: 'c' }] }, priority: 'low', tags: ['t'] },
    call: 3,
  },
  { kind: 'subscribe', subscriber: 's', filter: { event_types: ['custom.*'] }, options: { max_queue_size: 10 } },
  { kind: 'unsubscribe', subscription: 'none' },
  { kind: 'list-subscriptions' },
  { kind: 'bus-metrics' },
  { kind: 'event-history', limit: 5 },
];
const operations: Record<string, object> = {
  'file-read': { path: 'a.txt' },
  'file-write': { path: 'data/a.txt', base64: 'YQ==', append: true },
  'file-list': { path: '.' },
  'file-stat': { path: 'a.txt' },
  'folder-make': { path: 'data/b' },
  'file-remove': { path: 'data/c' },
  'http-fetch': { url: 'http://127.0.0.1:1/', method: 'GET', headers: { a: 'b' }, redirect: 'follow', timeoutMs: 10 },
  'tcp-open': { host: '127.0.0.1', port: 1, tls: false, timeoutMs: 10 },
  'tcp-read': { handle: 1, timeoutMs: 10 },
  'tcp-write': { handle: 1, base64: 'YQ==' },
  'tcp-close': { handle: 1 },
  'udp-send': { host: '127.0.0.1', port: 9, base64: 'YQ==' },
  'db-query': { file: 'a.db', sql: 'SELECT ?', params: [1] },
  'db-execute': { file: 'a.db', sql: 'CREATE TABLE t(a)', params: [] },
};
const good = [
  { kind: 'ready' },
  { kind: 'result', id: 77, value: { a: [1] } },
  {
    kind: 'result',
    id: 78,
    error: { name: 'Error', message: 'm', stack: 'Error: m\n    at x (plugin://x/1/plugin.js:1:1)' },
  },
  { kind: 'log', level: 'info', message: 'said', call: 3 },
  ...asking.flatMap((message, index) => [
    { ...message, id: 1000 + index },
    { ...message, id: 1 },
  ]),
  ...Object.entries(operations).map(([operation, args], index) => ({
    kind: 'access',
    id: 2000 + index,
    operation,
    args,
    site: 'at x (plugin://x/1/plugin.js:1:1)',
    call: 3,
  })),
];

/** What a line says, as the host reads it: one message or several; undefined where it is no JSON. */
function messagesIn(line: Buffer): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return Array.isArray(value) ? value : [value];
  } catch {
    return undefined;
  }
}

/** What becomes of lines, by the contract alone. */
function verdictsOn(lines: readonly Buffer[]) {
  const isInContract = Compile(RunnerMessageSchema);
  const found = { answered: 0, refused: 0, bad: 0 };
  for (const message of lines.flatMap((line) => messagesIn(line) ?? ['no JSON'])) {
    const checked = checkRunnerMessage(message);
    if (checked.kind === 'good') {
      // A result that nests too deep becomes one that says so.
      if (checked.message === message) expect(isInContract.Check(message)).toBe(true);
      if (!['ready', 'log', 'result'].includes(checked.message.kind)) found.answered++;
    } else if (checked.kind === 'refused') {
      expect(checked.code).toMatch(/^(events|capabilities)\/invalid$/);
      found.refused++;
    } else {
      expect(checked.code).toBe(BAD_MESSAGE);
      found.bad++;
    }
  }
  return found;
}

/** Says it all, and tells how the host answered. */
const runner = takenOverRunner(
  `const [lines] = message.args;
  if (lines === undefined) answer(message.id, { codes, replies });
  else {
    for (const line of lines) { host.write(Buffer.from(line, 'base64')); host.write('\\n'); }
    done = () => answer(message.id, 'said');
    say(JSON.stringify({ kind: 'bus-metrics', id: 999_999 }));
  }`,
  `replies++;
  if (message.error) codes[message.error.code] = (codes[message.error.code] ?? 0) + 1;
  if (message.id === 999_999) done();`,
).replace('const parts', 'let replies = 0, done; const codes = Object.create(null);\nconst parts');

describe(`20,000 broken messages of a plugin (seed ${SEED})`, () => {
  let workshop: PluginWorkshop;
  let folder: string;
  let hostile: Supervisor;

  beforeEach(async () => {
    workshop = await openWorkshop();
    folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-fuzz-')));
    const runnerFile = join(folder, 'runner.cjs');
    await writeFile(runnerFile, runner);
    hostile = createSupervisor({
      bus: workshop.bus,
      runnerFile,
      tempFolder: join(folder, 'temp'),
      limits: { shutdownTimeoutMs: 500 },
    });
  });

  afterEach(async () => {
    await hostile.close();
    await workshop.close();
    await rm(folder, { recursive: true, force: true });
  });

  const openBroker = async () => {
    const permissions = createPluginPermissions({
      folder,
      capabilities: () => ({ file_system_access: true, network_access: true, database_access: true }),
      pluginId: () => 'x:1.0.0',
      store: await openGrantStore(join(folder, 'grants.json'), () => undefined),
      allowance: { permissions: ['file_system_access', 'database_access'], hosts: [] },
    });
    return (tempFolder: string) => createBroker({ folder, tempFolder, permissions, databaseWorkerFile });
  };

  it('are refused with a code or do nothing, and others notice nothing', async () => {
    const victim = await workshop.start(
      analyzer(`
        heard = 0;
        async initialize() { await this.eventBus.subscribe('victim', () => { this.heard++; }, { event_types: ['custom.*'] }); }
        async enrich() {
          await this.eventBus.publish({ event_type: 'custom.mine' });
          const own = await this.eventBus.listSubscriptions();
          return { heard: this.heard > 0, own: own.map((one) => one.subscriber_id), config: this.config, polluted: ({}).polluted };
        }`),
      { secret: 'kept' },
    );
    const plugin = await hostile.start({
      folder,
      manifest: { name: 'x', version: '1.0.0' },
      artifact: noArtifact,
      config: {},
      generation: 1,
      openBroker: await openBroker(),
    });
    const said = sampleOf(good);
    const lines = said.map((line) => line.toString('base64'));
    expect(lines).toHaveLength(HOW_MANY);
    const verdicts = verdictsOn(said);
    // The last one is of the question that it asks when it has said all.
    const owed = verdicts.answered + verdicts.refused + 1;
    const codesOf = async () => {
      for (;;) {
        // What it said before may have answered this call; what it says now is an answer of its own.
        const told = await plugin.invoke('analyze', [], { timeoutMs: 60_000 }).catch(() => undefined);
        const { codes, replies } = (told ?? {}) as { codes?: Record<string, number>; replies?: number };
        // Files, hosts and databases take a while.
        if (codes !== undefined && replies !== undefined && replies >= owed) return { codes, replies };
      }
    };
    await plugin.invoke('analyze', [lines], { timeoutMs: 60_000 }).catch(() => undefined);
    const { codes, replies } = await codesOf();

    expect(replies).toBe(owed);
    expect(verdicts.refused + verdicts.bad).toBeGreaterThan(HOW_MANY / 2);
    expect((codes['events/invalid'] ?? 0) + (codes['capabilities/invalid'] ?? 0)).toBeGreaterThanOrEqual(
      verdicts.refused,
    );
    expect(plugin.log.read(0, 100).entries.filter(({ message }) => message.includes(BAD_MESSAGE))).toHaveLength(10);
    expect(Object.keys(codes).length).toBeGreaterThan(4);
    for (const code of Object.keys(codes)) expect(code).toMatch(/^(events|capabilities)\/[a-z-]+$/);
    expect(plugin.status().state).toBe('ready');
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(await victim.invoke('enrich', [], soon)).toEqual({
      heard: true,
      own: ['victim'],
      config: { secret: 'kept' },
    });
  }, 120_000);
});
