/**
 * Bundles an example plugin as the studio does, and runs it in a context of the test's own: real files and sockets,
 * and a bus and a logger that keep what they get.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EventFilter, EventInput, SecurityEvent } from '@shared/schemas';
import type { BasePlugin } from '@shared/sdk';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { openFiles } from './plugin-files.fixture';
import { openNetwork } from './plugin-network.fixture';

const root = resolve(import.meta.dirname, '../..');

export const folderOf = (name: string): string => join(import.meta.dirname, name);

interface Subscription {
  readonly filter: EventFilter | undefined;
  readonly callback: (event: SecurityEvent) => void | Promise<void>;
}

export interface StartedPlugin<Plugin> {
  readonly plugin: Plugin;
  readonly published: EventInput[];
  readonly logged: string[];
  /** By id, in the order in which they were made. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly network: ReturnType<typeof openNetwork>;
  /** Settles with the first event of the type, also one that was published before. */
  event(type: string): Promise<EventInput>;
}

export interface StartOptions {
  readonly config?: Record<string, unknown>;
  /** The plugin's own folder where it is left out. */
  readonly workingDirectory?: string;
}

/** To be called at the top of a test file: the bundle is made before its tests and removed after them. */
export function bundleExample<Plugin extends BasePlugin>(
  name: string,
  entry: string,
  className: string,
): (options?: StartOptions) => Promise<StartedPlugin<Plugin>> {
  let temporary: string;
  let PluginClass: new (context: unknown) => Plugin;

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), `${name}-`));
    const outfile = join(temporary, 'plugin.cjs');
    await build({
      entryPoints: [join(folderOf(name), entry)],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'neutral',
      target: 'es2022',
      alias: { 'mcp-plugin-sdk': join(root, 'src-shared/sdk/index.ts'), '@shared': join(root, 'src-shared') },
      tsconfigRaw: '{}',
    });
    PluginClass = createRequire(import.meta.url)(outfile)[className];
  });
  afterAll(() => rm(temporary, { recursive: true, force: true }));

  return async ({ config = {}, workingDirectory = folderOf(name) } = {}) => {
    const logged: string[] = [];
    const log = (...parts: unknown[]) =>
      void logged.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
    const network = openNetwork();
    const bus = keepingBus();
    const plugin = new PluginClass({
      plugin_id: `${name}:1.0.0`,
      instance_id: 'one',
      config,
      working_directory: workingDirectory,
      memoryUsage: () => process.memoryUsage().rss,
      logger: { debug: log, info: log, warning: log, error: log },
      eventBus: bus,
      files: openFiles(workingDirectory),
      network,
    });
    await plugin.initialize();
    onTestFinished(async () => {
      await plugin.shutdown();
      network.closeAll();
    });
    const { published, subscriptions, event } = bus;
    return { plugin, published, logged, subscriptions, network, event };
  };
}

function keepingBus() {
  const published: EventInput[] = [];
  const subscriptions = new Map<string, Subscription>();
  const waiting: { type: string; resolve: (event: EventInput) => void }[] = [];
  let made = 0;
  return {
    published,
    subscriptions,
    publish: async (event: EventInput) => {
      published.push(event);
      for (const { type, resolve } of waiting) if (type === event.event_type) resolve(event);
      return event;
    },
    subscribe: async (_subscriber: string, callback: Subscription['callback'], filter?: EventFilter) => {
      const subscription_id = `subscription-${++made}`;
      subscriptions.set(subscription_id, { callback, filter });
      return { subscription_id };
    },
    unsubscribe: async (id: string) => subscriptions.delete(id),
    event: (type: string) =>
      new Promise<EventInput>((resolve) => {
        const past = published.find((event) => event.event_type === type);
        if (past === undefined) waiting.push({ type, resolve });
        else resolve(past);
      }),
  };
}

/** The value must keep the contract's schema. */
export function expectValid(check: { Errors(value: unknown): Iterable<unknown> }, value: unknown): void {
  expect([...check.Errors(JSON.parse(JSON.stringify(value)))]).toEqual([]);
}
