/**
 * The answering side. Every frame and every parameter is checked against its schema before a service sees it, and
 * every result before it leaves, so that a broken window cannot reach past the contract and a bug in the host is
 * named where it is made.
 */

import type { TSchema } from 'typebox';
import { isStudioError, messageOf, StudioError, toWireError } from '../errors';
import type { Dispose } from './emitter';
import { type RequestFrame, RequestFrameSchema, type ResponseFrame } from './frames';
import type { Port } from './port';
import type { Check, Service, ServiceDefinition } from './service';

export interface Route {
  readonly params: TSchema;
  readonly result: TSchema;
  answer(params: unknown): unknown;
}

export interface EventSource {
  readonly value: TSchema;
  listen(listener: (value: unknown) => void): Dispose;
}

/** Everything that is offered, by `service.name`. */
export interface Offer {
  readonly routes: ReadonlyMap<string, Route>;
  readonly sources: ReadonlyMap<string, EventSource>;
}

/** Binds services to their definitions. */
export function createOffer(): Offer & {
  add<Definition extends ServiceDefinition>(definition: Definition, service: Service<Definition>): void;
} {
  const routes = new Map<string, Route>();
  const sources = new Map<string, EventSource>();
  return {
    routes,
    sources,
    add(definition, service) {
      for (const [name, { params, result }] of Object.entries(definition.calls)) {
        const answer = service.calls[name] as (params: unknown) => unknown;
        routes.set(`${definition.name}.${name}`, { params, result, answer });
      }
      for (const [name, value] of Object.entries(definition.events)) {
        const source = service.events[name]!;
        sources.set(`${definition.name}.${name}`, { value, listen: (listener) => source.on(listener) });
      }
    },
  };
}

export interface ServerOptions {
  readonly check: Check;
  /** Hears of what failed inside, and of frames and results that were refused. */
  readonly onError: (error: unknown) => void;
}

/** Serves one connection until its port closes. Returns what closes it. */
export function serve(port: Port, offer: Offer, { check, onError }: ServerOptions): Dispose {
  const subscriptions = new Map<string, Dispose>();
  const post = (frame: ResponseFrame) => port.post(frame);

  const answer = async (name: string, params: unknown): Promise<unknown> => {
    const route = offer.routes.get(name);
    if (route === undefined)
      throw new StudioError(
        'rpc/unknown-call',
        `The host has no call ${name}. Window and host are of different versions: reload the window.`,
      );
    const wrong = check(route.params, params);
    if (wrong !== undefined)
      throw new StudioError('rpc/bad-params', `${name} was called with wrong parameters: ${wrong}.`);
    const value = await route.answer(params);
    const problem = check(route.result, value);
    if (problem !== undefined)
      throw new StudioError('rpc/bad-result', `The host's answer to ${name} breaks its contract: ${problem}.`);
    return value;
  };

  const refuse = (id: number, error: unknown) => {
    // What a service throws on purpose is for the window; what is wrong with the host is for its log as well.
    if (!isStudioError(error) || isStudioError(error, 'rpc/bad-result')) onError(error);
    post({ kind: 'error', id, error: toWireError(error) });
  };

  const subscribe = (name: string) => {
    const source = offer.sources.get(name);
    if (source === undefined) return onError(new StudioError('rpc/unknown-event', `The host has no event ${name}.`));
    if (subscriptions.has(name)) return;
    subscriptions.set(
      name,
      source.listen((value) => {
        const problem = check(source.value, value);
        if (problem === undefined) post({ kind: 'event', name, value });
        else onError(new StudioError('rpc/bad-event', `The event ${name} breaks its contract: ${problem}.`));
      }),
    );
  };

  const unsubscribe = (name: string) => {
    subscriptions.get(name)?.();
    subscriptions.delete(name);
  };

  port.onFrame((raw) => {
    const wrong = check(RequestFrameSchema, raw);
    if (wrong !== undefined) {
      onError(
        new StudioError('rpc/bad-frame', `The window sent a message that the host does not understand: ${wrong}.`),
      );
      return;
    }
    const frame = raw as RequestFrame;
    if (frame.kind === 'subscribe') return subscribe(frame.name);
    if (frame.kind === 'unsubscribe') return unsubscribe(frame.name);
    answer(frame.name, frame.params)
      .then((value) => post({ kind: 'result', id: frame.id, value }))
      // Posting throws for what JSON cannot hold: a result first, and data of an error too.
      .catch((error: unknown) => refuse(frame.id, error))
      .catch((error: unknown) => refuse(frame.id, new Error(messageOf(error))));
  });

  const stop = () => {
    for (const name of [...subscriptions.keys()]) unsubscribe(name);
  };
  port.onClose(stop);
  return () => {
    stop();
    port.close();
  };
}
