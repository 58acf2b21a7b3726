/** A host over a real connection whose answers and news a test decides, in the order in which it wants them sent. */

import type { EventOf, ParamsOf, ResultOf, ServiceDefinition } from '@shared/rpc';
import { createEmitter, createMemoryPorts, createOffer, createRpcClient, type Emitter, serve } from '@shared/rpc';
import { interpretedCheck } from '../client/interpreted-check';
import { createStudioClient } from '../client/studio-client';

/** A question that waits for its answer. */
export interface Question<Params = unknown, Result = unknown> {
  readonly params: Params;
  answer(result: Result): void;
  refuse(error: Error): void;
}

export function createScriptedHost(...definitions: readonly ServiceDefinition[]) {
  const offer = createOffer();
  const emitters = new Map<string, Emitter<unknown>>();
  const waiting = new Map<string, Question[]>();
  const awaited = new Map<string, ((question: Question) => void)[]>();
  const errors: unknown[] = [];

  const ask = (name: string, params: unknown) =>
    new Promise((answer, refuse) => {
      const question: Question = { params, answer, refuse };
      const taker = awaited.get(name)?.shift();
      if (taker === undefined) waiting.set(name, [...(waiting.get(name) ?? []), question]);
      else taker(question);
    });

  for (const definition of definitions) {
    const calls: Record<string, (params: unknown) => Promise<unknown>> = {};
    for (const name of Object.keys(definition.calls)) {
      calls[name] = (params) => ask(`${definition.name}.${name}`, params);
    }
    const events: Record<string, Emitter<unknown>> = {};
    for (const name of Object.keys(definition.events)) {
      const emitter = createEmitter<unknown>((error) => errors.push(error));
      emitters.set(`${definition.name}.${name}`, emitter);
      events[name] = emitter;
    }
    offer.add(definition, { calls, events } as Parameters<typeof offer.add>[1]);
  }

  const rpc = createRpcClient(interpretedCheck, (error) => errors.push(error));
  let hangUp = () => {};
  const connect = () => {
    const [near, far] = createMemoryPorts();
    hangUp = () => near.close();
    serve(far, offer, { check: interpretedCheck, onError: (error) => errors.push(error) });
    rpc.attach(near);
  };
  connect();

  return {
    client: createStudioClient(rpc),
    /** The connection is lost, and there is another one. */
    connect,
    /** The connection is lost. */
    disconnect: () => hangUp(),
    /** What went wrong on either side of the connection. */
    errors,
    /** The next question of that name, once it has come. */
    question<Definition extends ServiceDefinition, Name extends keyof Definition['calls'] & string>(
      { name: service }: Definition,
      call: Name,
    ): Promise<Question<ParamsOf<Definition, Name>, ResultOf<Definition, Name>>> {
      const name = `${service}.${call}`;
      return new Promise((resolve) => {
        const take = resolve as (question: Question) => void;
        const first = waiting.get(name)?.shift();
        if (first !== undefined) take(first);
        else awaited.set(name, [...(awaited.get(name) ?? []), take]);
      });
    },
    tell<Definition extends ServiceDefinition, Name extends keyof Definition['events'] & string>(
      { name: service }: Definition,
      event: Name,
      value: EventOf<Definition, Name>,
    ): void {
      emitters.get(`${service}.${event}`)?.emit(value);
    },
  };
}
