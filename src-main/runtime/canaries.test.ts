import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBroker, createPluginPermissions, openGrantStore } from '../capabilities';
import { CANARY, type Canaries, plantCanaries, VARIABLE } from './canaries.fixture';
import { canaryCases } from './canary-cases.fixture';
import {
  analyzer,
  databaseWorkerFile,
  openWorkshop,
  type PluginWorkshop,
  runtimes,
  soon,
} from './plugin-workshop.fixture';
import { unprotectedHost } from './unprotected-host.fixture';

/** What each case read, by its name. */
type Told = Record<string, string>;

const reachedIn = (told: Told) => Object.keys(told).filter((name) => told[name]?.includes(CANARY));
const config = `{"__proto__":{"polluted":"${CANARY}"}}`;
const MANIFEST = { name: 'sample', version: '1.0.0' };

/** Of a network for documentation: it leads nowhere. */
const PUBLIC = { address: '203.0.113.9' };
const LOOPBACK = { address: '127.0.0.1' };

/** Said by another plugin to itself. */
const forOther = {
  event_type: 'custom.secret',
  source: 'other:1.0.0',
  data: { token: CANARY },
  metadata: { target_plugins: ['other:1.0.0'] },
};

let canaries: Canaries;
beforeEach(async () => {
  canaries = await plantCanaries();
  process.env[VARIABLE] = CANARY;
});
afterEach(async () => {
  delete process.env[VARIABLE];
  await canaries.close();
});

describe.each(runtimes)('in $name, what is planted', ({ execPath }) => {
  let workshop: PluginWorkshop;
  beforeEach(async () => {
    workshop = await openWorkshop({}, execPath);
  });
  afterEach(() => workshop.close());

  /** With all that a person can grant, but for what is planted. */
  async function startTrying() {
    const { folder } = canaries;
    const artifact = await workshop.build(
      analyzer(
        `async enrich(targets) {
          const { logger, eventBus, config, context } = this;
          const { files, network, db } = context;
          return tryAll({ logger, eventBus, config, context, files, network, db }, targets);
        }`,
        canaryCases,
      ),
    );
    const permissions = createPluginPermissions({
      folder,
      capabilities: () => ({ file_system_access: true, network_access: true, database_access: true }),
      pluginId: () => 'sample:1.0.0',
      store: await openGrantStore(join(workshop.folder, 'grants.json'), () => undefined),
      allowance: { permissions: ['file_system_access', 'database_access'], hosts: ['localhost', '*.example'] },
    });
    const asked = new Map<string, number>();
    const lookup = async (name: string) => {
      const times = asked.get(name) ?? 0;
      asked.set(name, times + 1);
      if (name === 'mixed.example') return [PUBLIC, LOOPBACK];
      return [name === 'later.example' && times === 0 ? PUBLIC : LOOPBACK];
    };
    const openBroker = (tempFolder: string) =>
      createBroker({ folder, tempFolder, permissions, databaseWorkerFile, lookup });
    const given = JSON.parse(config) as Record<string, unknown>;
    return workshop.supervisor.start({
      folder,
      manifest: MANIFEST,
      artifact,
      config: given,
      generation: 1,
      openBroker,
    });
  }

  it('is reached by none of the cases', async () => {
    const heard: (string | undefined)[] = [];
    const theirs = workshop.bus.subscribe(`other ${CANARY}`, (events) => {
      heard.push(...events.map(({ source }) => source));
    });
    const otherTemp = join(workshop.folder, 'temp/other');
    await mkdir(otherTemp, { recursive: true });
    await writeFile(join(otherTemp, 'secret.txt'), CANARY);
    workshop.bus.publish(forOther);
    workshop.bus.onDidPublish.on(({ event_type }) => {
      if (event_type === 'custom.tell') workshop.bus.publish(forOther);
    });
    const plugin = await startTrying();
    const targets = { ...canaries.targets, subscription: theirs.subscription_id };
    const before = await readdir(canaries.outside);
    const told = (await plugin.invoke('enrich', [targets], { timeoutMs: 60_000 })) as Told;

    expect(Object.keys(told).length).toBeGreaterThanOrEqual(60);
    expect(reachedIn(told)).toEqual([]);
    expect(canaries.connections()).toBe(0);
    expect(await readdir(canaries.outside)).toEqual(before);
    expect(await readFile(join(canaries.outside, 'canary.txt'), 'utf8')).toBe(CANARY);
    expect(await readFile(join(canaries.folder, 'plugin.json'), 'utf8')).toContain('sample');
    expect(workshop.bus.listSubscriptions().map(({ subscriber_id }) => subscriber_id)).toContain(`other ${CANARY}`);
    expect(heard.length).toBeGreaterThan(0);
    const sources = new Set(heard);
    expect([...sources].sort()).toEqual(['other:1.0.0', 'sample:1.0.0']);
    expect(plugin.pluginId).toBe('sample:1.0.0');
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(plugin.status().state).toBe('ready');
  }, 90_000);

  it('cannot be planted in the host by a response', async () => {
    const planted = JSON.stringify(config);
    const plugin = await workshop.start(analyzer(`getRulesInfo() { return JSON.parse(${planted}); }`));
    await expect(plugin.invoke('get_rules_info', [], soon)).rejects.toMatchObject({
      data: { name: 'ValidationError', message: expect.stringContaining('a field "__proto__"') },
    });
  });
});

describe('without protection', () => {
  /** The same cases in plain Node, with a host that trusts them. */
  async function tryUnprotected(): Promise<Told> {
    const { folder, outside } = canaries;
    const sqliteFile = createRequire(import.meta.url).resolve('node-sqlite3-wasm');
    const targets = { ...canaries.targets, subscription: 'theirs' };
    const input = JSON.stringify({ folder, canary: CANARY, targets, config, sqliteFile });
    const outcome = join(outside, 'told.json');
    await writeFile(
      join(outside, 'unprotected.cjs'),
      `const input = JSON.parse(${JSON.stringify(input)});\n${unprotectedHost}\n${canaryCases}
       process.on('unhandledRejection', () => {});
       const { writeFileSync } = fs;
       tryAll(plugin, input.targets).then((told) => {
         writeFileSync(${JSON.stringify(outcome)}, JSON.stringify(told));
         process.exit();
       });`,
    );
    const child = spawn(process.execPath, ['--no-warnings', join(outside, 'unprotected.cjs')], { stdio: 'inherit' });
    const exitCode = await new Promise((done) => child.once('exit', done));
    expect(exitCode).toBe(0);
    return JSON.parse(await readFile(outcome, 'utf8')) as Told;
  }

  it('is reached by the same cases, so that each of them can fail', async () => {
    const told = await tryUnprotected();
    const reached = reachedIn(told);
    expect(Object.keys(told).filter((name) => !reached.includes(name))).toEqual([]);
    expect(reached.length).toBeGreaterThanOrEqual(60);
    expect(canaries.connections()).toBeGreaterThanOrEqual(10);
  }, 60_000);
});
