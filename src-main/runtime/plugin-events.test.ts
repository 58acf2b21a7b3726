import type { SecurityEvent } from '@shared/schemas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_QUEUE, MOST_SUBSCRIPTIONS } from './bus-bridge';
import { analyzer, openWorkshop, type PluginWorkshop, soon } from './plugin-workshop.fixture';

let workshop: PluginWorkshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop.close());

/** A plugin with `enrich` as its one method, to do something and tell what it saw. */
const doing = (body: string, members = '') => workshop.start(analyzer(`async enrich(given) { ${body} }\n${members}`));

/** Resolves with the next event of that type. */
const nextEvent = (type: string) =>
  new Promise<SecurityEvent>((resolve) => {
    const dispose = workshop.bus.onDidPublish.on((event) => {
      if (event.event_type !== type) return;
      dispose();
      resolve(event);
    });
  });

describe('an event that a plugin publishes', () => {
  it('goes out in its name, with the request that it belongs to', async () => {
    const plugin = await doing("return this.eventBus.publish({ event_type: 'custom.found', data: { a: 1 } });");
    const published = nextEvent('custom.found');
    const returned = await plugin.invoke('enrich', [], { ...soon, runId: 'run-7' });
    const expected = {
      event_type: 'custom.found',
      data: { a: 1 },
      source: 'sample:1.0.0',
      source_id: plugin.instanceId,
      source_type: 'plugin',
      correlation_id: 'run-7',
    };
    expect(await published).toMatchObject(expected);
    expect(returned).toMatchObject(expected);
    expect(returned).toMatchObject({ event_id: expect.stringMatching(/-/), timestamp: expect.stringMatching(/Z$/) });
  });

  it('cannot pretend to be from somebody else', async () => {
    const forged = { source: 'other', source_id: 'other', source_type: 'studio' };
    const plugin = await doing(`
      const forged = ${JSON.stringify(forged)};
      await this.eventBus.publish({ event_type: 'custom.x', ...forged });
      await this.eventBus.publishPluginEvent({ event_type: 'custom.y', plugin_id: 'other' });
    `);
    const published = [nextEvent('custom.x'), nextEvent('custom.y')];
    await plugin.invoke('enrich', [], soon);
    const signed = { source: 'sample:1.0.0', source_id: plugin.instanceId, source_type: 'plugin' };
    expect(await Promise.all(published)).toMatchObject([signed, signed]);
  });

  it('belongs to the run in which it was published, whatever run it names', async () => {
    const plugin = await doing("return this.eventBus.publish({ event_type: 'custom.x', correlation_id: given });");
    const inRuns: [string, string | null | undefined][] = [];
    workshop.bus.onDidPublishInRun.on(({ runId, event }) => inRuns.push([runId, event.correlation_id]));
    await plugin.invoke('enrich', ['run-8'], { ...soon, runId: 'run-7' });
    await plugin.invoke('enrich', ['run-8'], soon);
    expect(inRuns).toEqual([['run-7', 'run-8']]);
  });

  it('is there before the answer of the call that published it', async () => {
    const plugin = await doing("for (let i = 0; i < 500; i++) this.eventBus.publish({ event_type: 'custom.x' });");
    await plugin.invoke('enrich', [], soon);
    expect(workshop.bus.metrics().events_by_type['custom.x']).toBe(500);
  });

  it('that breaks the contract is an EventError at the plugin, which says where', async () => {
    const plugin = await doing(`
      const told = [];
      for (const event of given) {
        try { await this.eventBus.publish(event); } catch (error) {
          told.push([error instanceof sdk.EventError, error.name, error.message]);
        }
      }
      return told;
    `);
    const told = await plugin.invoke('enrich', [[{ data: {} }, { event_type: 'a', tags: [1] }]], soon);
    expect(told).toEqual([
      [true, 'EventError', expect.stringContaining('event_type')],
      [true, 'EventError', expect.stringContaining('event.tags.0')],
    ]);
  });

  it('of the plugin kind travels as the contract says, and reaches only the plugins that it names', async () => {
    const hearing = analyzer(`
      heard = [];
      async initialize() {
        await this.eventBus.subscribe(this.pluginId, (event) => { this.heard.push(event.event_type); }, { event_types: ['custom.*'] });
      }
      getRulesInfo() { return { heard: this.heard }; }
    `);
    const listener = await workshop.start(hearing);
    const plugin = await doing(`
      for (const target_plugins of [['sample:1.0.0'], ['someone:1.0.0'], []]) {
        const event_type = 'custom.' + (target_plugins[0] ?? 'all').split(':')[0];
        await this.eventBus.publishPluginEvent({ event_type, plugin_id: this.pluginId, target_plugins, context: { c: 1 } });
      }
    `);
    const published = nextEvent('custom.sample');
    await plugin.invoke('enrich', [], soon);
    expect(await published).toMatchObject({
      source: 'sample:1.0.0',
      source_type: 'plugin',
      metadata: { context: { c: 1 }, target_plugins: ['sample:1.0.0'], broadcast: false },
    });
    await workshop.bus.idle();
    expect(await listener.invoke('get_rules_info', [], soon)).toEqual({ heard: ['custom.sample', 'custom.all'] });
  });
});

describe('a plugin that subscribes', () => {
  const listener = analyzer(`
    heard = [];
    async enrich([filters, options]) {
      const callback = (events) => {
        if (options?.fail) throw new Error('not now');
        this.heard.push(Array.isArray(events) ? events.map((event) => event.data.i) : events.data.i);
      };
      this.subscription = await this.eventBus.subscribe('me', callback, filters, options?.terms);
      return this.subscription;
    }
    getRulesInfo() { return { heard: this.heard }; }
    async cancelScan() { return [await this.eventBus.unsubscribe(this.subscription.subscription_id), await this.eventBus.unsubscribe('other')]; }
    async getScanStatus() { return (await this.eventBus.listSubscriptions()).map(({ subscriber_id }) => subscriber_id); }
    async startScan() { return (await this.eventBus.getEventHistory(2)).map((event) => event.data.i); }
    async testChannel() { return (await this.eventBus.getMetrics()).total_events; }
  `);

  const publish = (i: number, priority = 'medium') =>
    workshop.bus.publish({ event_type: 'custom.x', priority, data: { i } });
  const heardBy = async (plugin: Awaited<ReturnType<typeof doing>>) => {
    await workshop.bus.idle();
    return ((await plugin.invoke('get_rules_info', [], soon)) as { heard: unknown[] }).heard;
  };

  it('hears what its filter lets through, until it unsubscribes', async () => {
    const plugin = await workshop.start(listener);
    const subscription = await plugin.invoke('enrich', [[{ event_types: ['custom.*'], min_priority: 'high' }]], soon);
    expect(subscription).toMatchObject({ subscriber_id: 'me', active: true, max_queue_size: 1000 });
    publish(1);
    publish(2, 'high');
    publish(3, 'critical');
    expect(await heardBy(plugin)).toEqual([2, 3]);
    expect(await plugin.invoke('cancel_scan', [], soon)).toEqual([true, false]);
    publish(4, 'critical');
    expect(await heardBy(plugin)).toEqual([2, 3]);
  });

  it('gets lists in batch mode', async () => {
    const plugin = await workshop.start(listener);
    await plugin.invoke(
      'enrich',
      [[{}, { terms: { delivery_mode: 'batch', batch_size: 3, batch_timeout: 0.05 } }]],
      soon,
    );
    for (let i = 0; i < 3; i++) publish(i);
    expect(await heardBy(plugin)).toEqual([[0, 1, 2]]);
  });

  it('asks for its own subscriptions, the history and the metrics', async () => {
    workshop.bus.subscribe('someone', () => undefined);
    const plugin = await workshop.start(listener);
    await plugin.invoke('enrich', [[{ event_types: ['none'] }]], soon);
    for (let i = 0; i < 3; i++) publish(i);
    expect(await plugin.invoke('get_scan_status', [], soon)).toEqual(['me']);
    expect(await plugin.invoke('start_scan', [], soon)).toEqual([1, 2]);
    expect(await plugin.invoke('test_channel', [], soon)).toBe(workshop.bus.metrics().total_events);
  });

  it('with a filter that breaks the contract hears why', async () => {
    const plugin = await workshop.start(listener);
    for (const [filters, terms, why] of [
      [{ event_types: 'custom' }, {}, /event_types must be array/],
      [{ min_priority: 'urgent' }, {}, /min_priority must be .* values: critical, high, medium, low/],
      [
        { event_type: 'custom' },
        {},
        /^EventError: "event_type" is no field of an event filter\. Did you mean "event_types"\?$/,
      ],
      [{ foo: 1 }, {}, /^EventError: "foo" is no field .* There are: event_types, exclude_types, /],
      [{}, { delivery: 'batch', maxRetries: 1 }, /^EventError: "delivery" is no field of a subscription's options/],
      [{}, { delivery_mode: 'bulk' }, /delivery_mode must be .* values: async, sync, batch/],
    ] as const) {
      await expect(plugin.invoke('enrich', [[filters, { terms }]], soon)).rejects.toMatchObject({
        message: expect.stringMatching(why),
        data: { name: 'EventError' },
      });
    }
    expect(workshop.bus.listSubscriptions()).toEqual([]);
  });

  it('too often, or with too long a queue, hears what it may have', async () => {
    const plugin = await workshop.start(listener);
    const subscribe = (terms: object) => plugin.invoke('enrich', [[{ event_types: ['none'] }, { terms }]], soon);
    await expect(subscribe({ max_queue_size: LARGEST_QUEUE + 1 })).rejects.toMatchObject({
      message:
        'EventError: max_queue_size is 100001, and may be 100000 at most for a plugin. Take events in batches instead.',
    });
    await Promise.all(Array.from({ length: MOST_SUBSCRIPTIONS }, () => subscribe({ max_queue_size: LARGEST_QUEUE })));
    await expect(subscribe({})).rejects.toMatchObject({
      message: expect.stringContaining('This plugin has 1000 subscriptions, and may have no more.'),
    });
    expect(await plugin.invoke('cancel_scan', [], soon)).toEqual([true, false]);
    await subscribe({});
    expect(workshop.bus.listSubscriptions()).toHaveLength(MOST_SUBSCRIPTIONS);
  });

  it('and throws fails that delivery alone', async () => {
    const plugin = await workshop.start(listener);
    const failed = new Promise((resolve) => workshop.bus.onDidFail.on(resolve));
    await plugin.invoke('enrich', [[{}, { fail: true, terms: { max_retries: 0 } }]], soon);
    publish(1);
    expect(await failed).toMatchObject({
      subscriberId: 'me',
      error: { code: 'plugins/plugin-error', message: 'Error: not now' },
    });
    expect(plugin.status().state).toBe('ready');
  });

  it('is handed no more events when it is drained, and is done with those it has', async () => {
    const plugin = await doing(
      '',
      `async initialize() {
        await this.eventBus.subscribe('me', async () => {
          this.logger.info('begun');
          await new Promise((resolve) => setTimeout(resolve, 200));
          this.logger.info('done');
        });
      }`,
    );
    const begun = new Promise<void>((resolve) => plugin.log.onDidAppend.on(() => resolve()));
    workshop.bus.publish({ event_type: 'custom', source: 'test' });
    await begun;
    await plugin.drained();
    expect(plugin.log.read(0, 10).entries.map(({ message }) => message)).toEqual(['begun', 'done']);
  });

  it('leaves no subscription behind when it dies', async () => {
    const plugin = await workshop.start(listener);
    await plugin.invoke('enrich', [[{}]], soon);
    expect(workshop.bus.listSubscriptions()).toHaveLength(1);
    await plugin.stop();
    expect(workshop.bus.listSubscriptions()).toHaveLength(0);
  });
});

describe('a processor', () => {
  it('publishes what process returns', async () => {
    const plugin = await workshop.start(`
      import { ProcessorPlugin } from 'mcp-plugin-sdk';
      export class Sample extends ProcessorPlugin {
        async process(event) { return [1, 2].map((copy) => ({ event_type: 'custom.copy', data: { of: event.event_id, copy } })); }
      }
    `);
    const copies: unknown[] = [];
    workshop.bus.subscribe('me', ([event]) => void copies.push(event?.data), { event_types: ['custom.copy'] });
    await plugin.invoke('process', [{ event_id: 'e1', event_type: 'custom', timestamp: 'now' }], soon);
    await workshop.bus.idle();
    expect(copies).toEqual([
      { of: 'e1', copy: 1 },
      { of: 'e1', copy: 2 },
    ]);
    expect(await plugin.invoke('get_metrics', [], soon)).toMatchObject({ events_processed: 1 });
  });
});
