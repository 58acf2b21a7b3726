/**
 * The asking side. It outlives its port: when one closes, what is pending is rejected; when the next is attached,
 * every subscription is made again, and onDidConnect tells the stores to fetch anew what they show.
 */

import type { TSchema } from 'typebox';
import { fromWireError, StudioError } from '../errors';
import { createEmitter, type Emitter, type Listenable } from './emitter';
import { type RequestFrame, type ResponseFrame, ResponseFrameSchema } from './frames';
import type { Port } from './port';
import type { Check, ServiceClient, ServiceDefinition } from './service';

export type ConnectionState = 'connecting' | 'open' | 'closed';

export interface RpcClient {
  service<Definition extends ServiceDefinition>(definition: Definition): ServiceClient<Definition>;
  /** Takes over a fresh port; an older one is closed. */
  attach(port: Port): void;
  readonly state: ConnectionState;
  readonly onDidChangeState: Listenable<ConnectionState>;
  /** Every attach after the first: what was fetched before may be out of date. */
  readonly onDidReconnect: Listenable<void>;
  close(): void;
}

interface Pending {
  readonly name: string;
  readonly resultSchema: TSchema;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Subscription {
  readonly schema: TSchema;
  readonly emitter: Emitter<unknown>;
  listeners: number;
}

/** @param onError hears of frames that were refused and of listeners that threw. */
export function createRpcClient(check: Check, onError: (error: unknown) => void): RpcClient {
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<string, Subscription>();
  const didChangeState = createEmitter<ConnectionState>(onError);
  const didReconnect = createEmitter<void>(onError);
  let port: Port | undefined;
  let state: ConnectionState = 'connecting';
  let lastId = 0;
  let attached = 0;

  const setState = (next: ConnectionState) => {
    if (next === state) return;
    state = next;
    didChangeState.emit(next);
  };

  const post = (frame: RequestFrame) => port?.post(frame);

  const settle = (id: number) => {
    const entry = pending.get(id);
    pending.delete(id);
    return entry;
  };

  const receive = (raw: unknown) => {
    const wrong = check(ResponseFrameSchema, raw);
    if (wrong !== undefined) {
      onError(
        new StudioError('rpc/bad-frame', `The host sent a message that the window does not understand: ${wrong}.`),
      );
      return;
    }
    const frame = raw as ResponseFrame;
    if (frame.kind === 'event') return receiveEvent(frame.name, frame.value);
    const entry = settle(frame.id);
    if (entry === undefined) return;
    if (frame.kind === 'error') return entry.reject(fromWireError(frame.error));
    const problem = check(entry.resultSchema, frame.value);
    if (problem === undefined) entry.resolve(frame.value);
    else
      entry.reject(
        new StudioError('rpc/bad-result', `The host's answer to ${entry.name} breaks its contract: ${problem}.`),
      );
  };

  const receiveEvent = (name: string, value: unknown) => {
    const subscription = subscriptions.get(name);
    if (subscription === undefined) return;
    const problem = check(subscription.schema, value);
    if (problem === undefined) subscription.emitter.emit(value);
    else onError(new StudioError('rpc/bad-event', `The host's event ${name} breaks its contract: ${problem}.`));
  };

  const lose = (lost: Port) => {
    if (port !== lost) return;
    port = undefined;
    for (const [id, entry] of [...pending]) {
      pending.delete(id);
      entry.reject(
        new StudioError(
          'rpc/closed',
          `The connection to the studio was lost before it answered (${entry.name}). Try again once it is back.`,
        ),
      );
    }
    setState('closed');
  };

  const send = (name: string, params: unknown, resultSchema: TSchema) =>
    new Promise<unknown>((resolve, reject) => {
      if (port === undefined) {
        reject(
          new StudioError(
            'rpc/closed',
            `The window is not connected to the studio, so nothing was done (${name}). Try again once it is back.`,
          ),
        );
        return;
      }
      lastId += 1;
      const id = lastId;
      pending.set(id, { name, resultSchema, resolve, reject });
      try {
        post({ kind: 'call', id, name, params });
      } catch (error) {
        // JSON cannot hold the parameters.
        settle(id)?.reject(error as Error);
      }
    });

  const subscribe = (name: string, schema: TSchema, listener: (value: unknown) => void) => {
    let subscription = subscriptions.get(name);
    if (subscription === undefined) {
      subscription = { schema, emitter: createEmitter(onError), listeners: 0 };
      subscriptions.set(name, subscription);
      post({ kind: 'subscribe', name });
    }
    const own = subscription;
    own.listeners += 1;
    const stop = own.emitter.on(listener);
    let active = true;
    return () => {
      if (!active) return;
      active = false;
      stop();
      own.listeners -= 1;
      if (own.listeners > 0) return;
      subscriptions.delete(name);
      post({ kind: 'unsubscribe', name });
    };
  };

  return {
    service<Definition extends ServiceDefinition>(definition: Definition) {
      const calls = Object.entries(definition.calls).map(
        ([name, { result }]) =>
          [name, (params: unknown) => send(`${definition.name}.${name}`, params, result)] as const,
      );
      const on = (event: string, listener: (value: never) => void) => {
        const schema = definition.events[event];
        if (schema === undefined)
          throw new StudioError('rpc/unknown-event', `${definition.name} has no event ${event}.`);
        return subscribe(`${definition.name}.${event}`, schema, listener as (value: unknown) => void);
      };
      return { ...Object.fromEntries(calls), on } as unknown as ServiceClient<Definition>;
    },
    attach(next) {
      const previous = port;
      if (previous !== undefined) {
        lose(previous);
        previous.close();
      }
      port = next;
      attached += 1;
      next.onFrame((frame) => {
        if (port === next) receive(frame);
      });
      next.onClose(() => lose(next));
      if (port !== next) return;
      for (const name of subscriptions.keys()) post({ kind: 'subscribe', name });
      setState('open');
      if (attached > 1) didReconnect.emit();
    },
    get state() {
      return state;
    },
    onDidChangeState: didChangeState,
    onDidReconnect: didReconnect,
    close() {
      port?.close();
    },
  };
}
