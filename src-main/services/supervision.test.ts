import type { SecurityEvent } from '@shared/schemas';
import { describe, expect, test } from 'vitest';
import { isAlive } from '../runtime/plugin-workshop.fixture';
import { openSupervised } from './supervised-plugin.fixture';

const quickly = { backoffMs: 1, longestBackoffMs: 1 };

describe('a plugin that somebody started', () => {
  test('starts again after a crash, and says how often it did', async () => {
    const { session, until, kill } = await openSupervised('', quickly);
    const { pid } = await session.start();
    kill();
    expect(await until(({ state }) => state === 'error')).toMatchObject({
      error: { code: 'plugins/crashed' },
      nextRestartAt: expect.any(Number),
    });
    const again = await until((status) => status.state === 'ready' && status.pid !== pid);
    expect(again).toMatchObject({ restarts: 1 });
    expect(again).not.toHaveProperty('nextRestartAt');
    expect(again).not.toHaveProperty('error');
  });

  test('is in quarantine after three crashes, with the reasons, until it is released', async () => {
    const { session, until, kill } = await openSupervised('', quickly);
    await session.start();
    for (const restarts of [0, 1, 2]) {
      await until((status) => status.state === 'ready' && status.restarts === restarts);
      kill();
      await until(({ state }) => state === 'error');
    }
    const status = await until(({ quarantine }) => quarantine !== undefined);
    expect(status.quarantine?.reasons).toHaveLength(3);
    expect(status.quarantine?.reasons[2]).toMatchObject({ code: 'plugins/crashed' });
    expect(status).not.toHaveProperty('nextRestartAt');
    await expect(session.start()).rejects.toMatchObject({ code: 'plugins/quarantined' });
    await expect(session.use()).rejects.toMatchObject({ code: 'plugins/quarantined' });
    expect(session.release()).not.toHaveProperty('quarantine');
    expect(await session.start()).toMatchObject({ state: 'ready', restarts: 2 });
  });

  test('that cannot start any more is in quarantine too', async () => {
    const { session, until, kill, write } = await openSupervised('', quickly);
    await session.start();
    await write('async initialize() { throw new Error("never again"); }');
    // The old one goes on until it crashes.
    await until(({ reloadError }) => reloadError?.message.includes('never again') === true);
    kill();
    const { quarantine } = await until((status) => status.quarantine !== undefined);
    expect(quarantine?.reasons.map(({ code }) => code)).toEqual([
      'plugins/crashed',
      'plugins/start-failed',
      'plugins/start-failed',
    ]);
  });

  test('stays stopped once it is stopped, also while it waits to start again', async () => {
    const { session, until, kill } = await openSupervised('', { backoffMs: 600_000, longestBackoffMs: 600_000 });
    await session.start();
    kill();
    await until(({ nextRestartAt }) => nextRestartAt !== undefined);
    expect(await session.stop()).not.toHaveProperty('nextRestartAt');
    expect(await session.start()).toMatchObject({ state: 'ready', restarts: 0 });
  });

  test('that fails its health checks more than three times is unloaded, and says why', async () => {
    const { session, until } = await openSupervised('async healthCheck() { throw new Error("no rules"); }', {
      health: { intervalMs: 5, timeoutMs: 60_000, mostFailures: 3 },
    });
    const { pid } = await session.start();
    const status = await until(({ state }) => state === 'unloaded');
    expect(status.error).toMatchObject({ code: 'plugins/unhealthy', message: expect.stringContaining('no rules') });
    expect(pid !== undefined && isAlive(pid)).toBe(false);
    expect(await session.start()).toMatchObject({ state: 'ready' });
  });
});

describe('a plugin that only a run has started', () => {
  test('does not start again after a crash', async () => {
    const { session, until, kill } = await openSupervised('', quickly);
    await (await session.use()).release();
    kill();
    const status = await until(({ state }) => state === 'error');
    expect(status).toMatchObject({ restarts: 0 });
    expect(status).not.toHaveProperty('nextRestartAt');
  });
});

describe('health', () => {
  test('is asked for as often as the registry has it, from the next start on', async () => {
    let intervalMs: number | undefined = 600_000;
    const { session, until } = await openSupervised('', {}, () => intervalMs);
    await session.start();
    expect(session.status()).not.toHaveProperty('health');
    intervalMs = 5;
    await session.restart();
    expect((await until(({ health }) => health !== undefined)).health).toMatchObject({ status: 'healthy' });
  });

  test('is what the plugin says, or that it does not answer', async () => {
    const { session } = await openSupervised(
      'asked = 0; async healthCheck() { if (this.asked++ > 0) await new Promise(() => {}); return { status: "healthy" }; }',
      { health: { intervalMs: 600_000, timeoutMs: 20, mostFailures: 3 } },
    );
    await session.start();
    expect((await session.checkHealth()).health).toMatchObject({ status: 'healthy', failures: 0 });
    expect((await session.checkHealth()).health).toMatchObject({
      status: 'health_check did not answer within 0.02 s',
      failures: 1,
    });
    expect(session.status().state).toBe('ready');
  });
});

describe('the lifecycle', () => {
  test('goes by single steps where that is asked for', async () => {
    const { session, call } = await openSupervised('getRulesInfo() { return { status: this.status }; }');
    expect(await session.load()).toMatchObject({ state: 'loaded' });
    await expect(session.load()).rejects.toMatchObject({ code: 'plugins/lifecycle-error' });
    await expect(session.reload()).rejects.toMatchObject({ code: 'plugins/lifecycle-error' });
    const { pid } = session.status();
    expect(await session.start()).toMatchObject({ state: 'ready', pid });
    expect(await call('get_rules_info')).toEqual({ status: 'running' });
    expect(await session.unload()).toMatchObject({ state: 'unloaded' });
    expect(session.status()).not.toHaveProperty('pid');
    await expect(session.unload()).rejects.toMatchObject({ code: 'plugins/lifecycle-error' });
    await expect(async () => session.release()).rejects.toMatchObject({ code: 'plugins/lifecycle-error' });
  });
});

describe('a save', () => {
  const answers = (text: string) => `
    getRulesInfo() { return { text: '${text}' }; }
    async initialize() {
      await this.eventBus.subscribe('it', () => this.eventBus.publish({ event_type: 'custom.heard', data: { by: '${text}' } }), { event_types: ['custom.asked'] });
    }
    async cancelScan() { await this.eventBus.publish({ event_type: 'custom.begun' }); await new Promise((r) => { this.go = r; }); return '${text}'; }
    async testChannel() { this.go(); return true; }`;

  test('swaps in the new code, while the old answers what it was asked', async () => {
    const { session, until, write, call, bus } = await openSupervised(answers('old'));
    const { pid } = await session.start();
    const begun = new Promise<void>((resolve) => {
      bus.onDidPublish.on(({ event_type }) => event_type === 'custom.begun' && resolve());
    });
    const old = await session.use();
    const waiting = old.instance.invoke('cancel_scan', [], { timeoutMs: 60_000 });
    await begun;
    await write(answers('new'));
    await until((status) => status.state === 'ready' && status.pid !== pid);
    expect(await call('get_rules_info')).toEqual({ text: 'new' });
    expect(pid !== undefined && isAlive(pid)).toBe(true);

    const heard: SecurityEvent[] = [];
    const answered = new Promise<void>((resolve) => {
      bus.onDidPublish.on((event) => {
        if (event.event_type !== 'custom.heard') return;
        heard.push(event);
        resolve();
      });
    });
    bus.publish({ event_type: 'custom.asked' });
    await answered;

    expect(await old.instance.invoke('test_channel', [], { timeoutMs: 60_000 })).toBe(true);
    expect(await waiting).toBe('old');
    const ended = new Promise<void>((resolve) => {
      old.instance.onDidChangeStatus.on(({ state }) => state === 'stopped' && resolve());
    });
    await old.release();
    await ended;
    expect(heard.map(({ data }) => data?.by)).toEqual(['new']);
    expect(session.status()).toMatchObject({ state: 'ready', restarts: 0 });
  });

  test('of code that does not start leaves the old one, and says so', async () => {
    const { session, until, write, call } = await openSupervised(answers('old'));
    const { pid } = await session.start();
    await write("async initialize() { throw new Error('not this one'); }");
    const status = await until(({ reloadError }) => reloadError !== undefined);
    expect(status).toMatchObject({ state: 'ready', pid, reloadError: { code: 'plugins/start-failed' } });
    expect(session.log.read(0, 100).entries.at(-1)).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/so the old goes on.*not this one/s),
    });
    const { instance } = await session.use().catch(() => ({ instance: undefined }));
    expect(instance).toBeUndefined();
    await write(answers('newer'));
    await until((next) => next.state === 'ready' && next.reloadError === undefined);
    expect(await call('get_rules_info')).toEqual({ text: 'newer' });
  });

  test('of a plugin that does not run starts nothing', async () => {
    const { session, write } = await openSupervised(answers('old'));
    const isBuilt = new Promise<void>((resolve) => session.onDidBuild.on(() => resolve()));
    await write(answers('new'));
    await isBuilt;
    expect(session.status().state).toBe('unloaded');
  });

  test('comes with reload too, where the code is the same', async () => {
    const { session } = await openSupervised(answers('old'));
    const { pid } = await session.start();
    const status = await session.reload();
    expect(status.state).toBe('ready');
    expect(status.pid).not.toBe(pid);
  });
});

describe('the figures of a plugin', () => {
  test('are of all its processes', async () => {
    const { session, call } = await openSupervised('async cancelScan() { throw new Error("no"); }');
    await session.start();
    await call('get_supported_types');
    await call('cancel_scan').catch(() => undefined);
    await session.restart();
    await call('get_supported_types');
    const { calls, errors, transitions, headroom, latency } = session.figures.read(0);
    expect({ calls, errors }).toEqual({ calls: 3, errors: 1 });
    expect(latency.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(transitions.map(({ to }) => to).slice(0, 6)).toEqual([
      'loading',
      'loaded',
      'initializing',
      'ready',
      'running',
      'ready',
    ]);
    expect(headroom.map(({ kind, limit }) => [kind, limit !== undefined])).toEqual([
      ['time', true],
      ['memory', true],
      ['cpu', false],
      ['events', true],
    ]);
  });
});
