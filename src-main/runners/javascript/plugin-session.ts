/**
 * The one plugin of this process: loads it, calls its methods by their wire names, and hands its results over. A method
 * may run while another does; what it logs and publishes is told apart by the call.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { HostMessage, RunnerMessage } from '@shared/contracts/runner-protocol';
import { callbackThrew } from '@shared/contracts/uncaught';
import type { LifecycleState } from '@shared/schemas';
import { METHOD_NAMES, type WireMethod } from '@shared/sdk/method-names';
import type { EventInput, SecurityEvent } from '@shared/sdk/types';
import { createHostAccess } from './access/host-access';
import { createPluginDatabase } from './access/plugin-database';
import { createPluginFiles } from './access/plugin-files';
import { createPluginNetwork } from './access/plugin-network';
import { describeError } from './describe-value';
import { createTimers } from './endowments/timers';
import { createHostRequests } from './host-requests';
import { createPluginLoader } from './load-plugin';
import { createPluginContext } from './plugin-context';
import { createPluginEventBus } from './plugin-event-bus';
import { createConsole, createLogger, createWriteLog, type WriteLog } from './plugin-log';
import { refuseWrongClass } from './refuse-wrong-class';
import { toJsonValue } from './to-json-value';

interface PluginObject {
  status?: LifecycleState;
  config?: Record<string, unknown>;
  noteCall?(outcome: { method: string; duration: number; failed: boolean; result?: unknown }): void;
  [method: string]: unknown;
}

export interface PluginSession {
  handle(message: HostMessage): void;
  readonly writeLog: WriteLog;
}

type Load = Extract<HostMessage, { kind: 'load' }>;

/** What the plugin's `status` says around a call; any other call makes it running. */
const STATUS_AROUND: Partial<Record<string, readonly [LifecycleState, LifecycleState]>> = {
  initialize: ['initializing', 'ready'],
  shutdown: ['stopping', 'stopped'],
};

class UnknownMethodError extends Error {
  override readonly name = 'UnknownMethodError';
}

const isWireMethod = (method: string): method is WireMethod => Object.hasOwn(METHOD_NAMES, method);

export function createPluginSession(send: (message: RunnerMessage) => void): PluginSession {
  const calls = new AsyncLocalStorage<number>();
  const currentCall = () => calls.getStore();
  const writeLog = createWriteLog(send, currentCall);
  const requests = createHostRequests(send);
  const events = createPluginEventBus(requests, currentCall);
  const access = createHostAccess(requests, currentCall);
  const network = createPluginNetwork(access);
  const timers = createTimers((error, where) => writeLog('error', callbackThrew(where), error));
  const loadPluginClass = createPluginLoader({ timers, fetch: network.fetch, console: createConsole(writeLog) });
  let plugin: PluginObject | undefined;
  let running = 0;

  function load({ code, url, className, pluginType, config, context }: Load) {
    if (plugin !== undefined) throw new Error('This process has a plugin already.');
    const PluginClass = loadPluginClass({ code, url, className });
    const readConfig = () => plugin?.config ?? config;
    const means = {
      logger: createLogger(writeLog),
      eventBus: events.bus,
      files: createPluginFiles(access),
      network,
      db: createPluginDatabase(access),
    };
    const given = createPluginContext(context, config, means, readConfig);
    plugin = new PluginClass(given) as PluginObject;
    if (pluginType !== undefined) refuseWrongClass(plugin, className, pluginType);
    plugin.status = 'loaded';
  }

  function loadedPlugin(): PluginObject {
    if (plugin === undefined) throw new Error('No plugin is loaded yet.');
    return plugin;
  }

  function methodOf(owner: PluginObject, method: string): (...args: unknown[]) => unknown {
    const name = isWireMethod(method) ? METHOD_NAMES[method] : undefined;
    const found = name === undefined ? undefined : owner[name];
    if (typeof found === 'function') return found as (...args: unknown[]) => unknown;
    throw new UnknownMethodError(`The plugin has no method for "${method}".`);
  }

  /** Runs plugin code, and tells the plugin how it went so that its counters are true. */
  async function measured(method: string, run: (owner: PluginObject) => unknown): Promise<unknown> {
    const owner = loadedPlugin();
    const [before, after] = STATUS_AROUND[method] ?? ['running', 'ready'];
    const started = performance.now();
    const note = (failed: boolean, result?: unknown) =>
      owner.noteCall?.({ method, duration: (performance.now() - started) / 1000, failed, result });
    owner.status = before;
    running++;
    try {
      const result = await run(owner);
      note(false, result);
      return result;
    } catch (error) {
      note(true);
      throw error;
    } finally {
      running--;
      if (running === 0) owner.status = after;
    }
  }

  async function invoke(method: string, args: unknown[]): Promise<unknown> {
    const call = methodOf(loadedPlugin(), method);
    const result = await measured(method, (owner) => call.apply(owner, args));
    if (method === 'process') await publishAll(result);
    return toJsonValue(result, 'result');
  }

  /** A processor's results are events to publish. */
  async function publishAll(result: unknown) {
    const outgoing = result === undefined || result === null ? [] : [result].flat();
    for (const event of outgoing) await events.bus.publish(event as EventInput);
  }

  function answer(id: number, run: () => unknown) {
    const settled = (async () => run())();
    settled.then(
      (value) => send({ kind: 'result', id, ...(value === undefined ? {} : { value }) }),
      (error: unknown) => send({ kind: 'result', id, error: describeError(error) }),
    );
  }

  return {
    writeLog,
    handle(message) {
      if (message.kind === 'reply') requests.settle(message);
      else if (message.kind === 'load') answer(message.id, () => load(message));
      else if (message.kind === 'invoke') {
        const { id, method, args } = message;
        answer(id, () => calls.run(id, () => invoke(method, args)));
      } else {
        const { id, subscription, events: delivered } = message;
        answer(id, () => measured('deliver', () => events.deliver(subscription, delivered as SecurityEvent[])));
      }
    },
  };
}
