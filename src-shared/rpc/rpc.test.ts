import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { StudioError } from '../errors';
import { createRpcClient } from './client';
import { createEmitter } from './emitter';
import { createMemoryPorts } from './memory-port';
import type { Port } from './port';
import { createOffer, serve } from './server';
import { type Check, call, defineService, type Service } from './service';

const check: Check = (schema, value) =>
  Value.Check(schema, value) ? undefined : (Value.Errors(schema, value)[0]?.message ?? 'does not match');

const counter = defineService({
  name: 'counter',
  calls: {
    add: call(Type.Object({ by: Type.Integer() }), Type.Integer()),
    anything: call(Type.Object({}), Type.Unknown()),
    never: call(Type.Object({}), Type.Null()),
  },
  events: { didAdd: Type.Integer(), didFail: Type.Unknown() },
});

type CounterCalls = Partial<Service<typeof counter>['calls']>;

/** A host that can be connected to again and again, as one that outlives its windows. */
function createHost(calls: CounterCalls = {}) {
  const errors: unknown[] = [];
  const didAdd = createEmitter<number>((error) => errors.push(error));
  const didFail = createEmitter<unknown>((error) => errors.push(error));
  let total = 0;
  const offer = createOffer();
  offer.add(counter, {
    calls: {
      add({ by }) {
        total += by;
        didAdd.emit(total);
        return total;
      },
      anything: () => null,
      never: () => new Promise<null>(() => {}),
      ...calls,
    },
    events: { didAdd, didFail },
  });
  const open = (): Port => {
    const [near, far] = createMemoryPorts();
    serve(far, offer, { check, onError: (error) => errors.push(error) });
    return near;
  };
  return { open, didAdd, didFail, errors };
}

function createWindow(port?: Port) {
  const errors: unknown[] = [];
  const client = createRpcClient(check, (error) => errors.push(error));
  if (port !== undefined) client.attach(port);
  return { client, counter: client.service(counter), errors };
}

/** The port of a window that keeps to no contract. */
function createRogue(host: ReturnType<typeof createHost>) {
  const port = host.open();
  const answers: unknown[] = [];
  const waiting: ((answer: unknown) => void)[] = [];
  port.onFrame((frame) => {
    const next = waiting.shift();
    if (next === undefined) answers.push(frame);
    else next(frame);
  });
  return {
    post: (frame: unknown) => port.post(frame),
    next: () => new Promise<unknown>((resolve) => waiting.push(resolve)),
    answers,
  };
}

test('parameters that break the contract are refused before the service sees them', async () => {
  let calls = 0;
  const host = createHost({ add: () => (calls += 1) });
  const window = createWindow(host.open());
  const wrong = { by: 'one' } as unknown as { by: number };
  await expect(window.counter.add(wrong)).rejects.toMatchObject({
    code: 'rpc/bad-params',
    message: expect.stringContaining('counter.add'),
  });
  expect(calls).toBe(0);
});

test('a result that breaks the contract is named in the host, and the window is told', async () => {
  const host = createHost({ add: () => 1.5 });
  const window = createWindow(host.open());
  await expect(window.counter.add({ by: 1 })).rejects.toMatchObject({
    code: 'rpc/bad-result',
    message: expect.stringContaining('counter.add'),
  });
  expect(host.errors).toEqual([expect.objectContaining({ code: 'rpc/bad-result' })]);
});

test('a result that JSON cannot hold is an answer too', async () => {
  const host = createHost({ anything: () => 10n });
  const window = createWindow(host.open());
  await expect(window.counter.anything({})).rejects.toMatchObject({ code: 'studio/internal' });
  expect(host.errors).toHaveLength(1);
});

test('an error whose data JSON cannot hold still reaches the window', async () => {
  const host = createHost({
    anything: () => {
      throw new StudioError('counter/full', 'Start again.', { data: { limit: 10n } });
    },
  });
  await expect(createWindow(host.open()).counter.anything({})).rejects.toMatchObject({ code: 'studio/internal' });
});

test('of an unexpected failure the window learns that it happened, and the host keeps the error itself', async () => {
  const failure = new TypeError('total is not a number');
  const host = createHost({
    add: () => {
      throw failure;
    },
  });
  await expect(createWindow(host.open()).counter.add({ by: 1 })).rejects.toMatchObject({
    code: 'studio/internal',
    message: expect.stringContaining('total is not a number'),
  });
  expect(host.errors).toEqual([failure]);
});

test('a StudioError of a service is an answer, not a failure of the host', async () => {
  const host = createHost({
    add: () => {
      throw new StudioError('counter/full', 'Start again.');
    },
  });
  await expect(createWindow(host.open()).counter.add({ by: 1 })).rejects.toMatchObject({ code: 'counter/full' });
  expect(host.errors).toEqual([]);
});

test('a call that the host does not have is refused with what to do', async () => {
  const rogue = createRogue(createHost());
  rogue.post({ kind: 'call', id: 7, name: 'counter.constructor', params: {} });
  expect(await rogue.next()).toMatchObject({
    kind: 'error',
    id: 7,
    error: { code: 'rpc/unknown-call', message: expect.stringContaining('reload the window') },
  });
});

test.each([
  ['no object', 'hello'],
  ['nothing', null],
  ['an unknown kind', { kind: 'shutdown' }],
  ['a call without an id', { kind: 'call', name: 'counter.add', params: { by: 1 } }],
  ['a name that is no service and call', { kind: 'call', id: 1, name: '__proto__', params: {} }],
])('a frame that is %s is refused, and the connection goes on', async (_what, frame) => {
  const host = createHost();
  const rogue = createRogue(host);
  rogue.post(frame);
  rogue.post({ kind: 'call', id: 2, name: 'counter.add', params: { by: 1 } });
  expect(await rogue.next()).toEqual({ kind: 'result', id: 2, value: 1 });
  expect(host.errors).toEqual([expect.objectContaining({ code: 'rpc/bad-frame' })]);
});

test('a subscription to an event that the host does not have is reported there', async () => {
  const host = createHost();
  const rogue = createRogue(host);
  rogue.post({ kind: 'subscribe', name: 'counter.didExplode' });
  rogue.post({ kind: 'call', id: 1, name: 'counter.add', params: { by: 1 } });
  await rogue.next();
  expect(host.errors).toEqual([expect.objectContaining({ code: 'rpc/unknown-event' })]);
});

test('subscribing twice over one port delivers once', async () => {
  const host = createHost();
  const rogue = createRogue(host);
  rogue.post({ kind: 'subscribe', name: 'counter.didAdd' });
  rogue.post({ kind: 'subscribe', name: 'counter.didAdd' });
  rogue.post({ kind: 'call', id: 1, name: 'counter.add', params: { by: 3 } });
  expect([await rogue.next(), await rogue.next()]).toEqual([
    { kind: 'event', name: 'counter.didAdd', value: 3 },
    { kind: 'result', id: 1, value: 3 },
  ]);
  expect(rogue.answers).toEqual([]);
});

test('an event that breaks the contract stays in the host and is named there', async () => {
  const host = createHost();
  const window = createWindow(host.open());
  const heard: unknown[] = [];
  window.counter.on('didAdd', (value) => heard.push(value));
  await window.counter.anything({});
  host.didAdd.emit(0.5);
  await window.counter.anything({});
  expect(heard).toEqual([]);
  expect(host.errors).toEqual([expect.objectContaining({ code: 'rpc/bad-event' })]);
});

test('an event that JSON cannot hold is reported in the host and reaches nobody', async () => {
  const host = createHost();
  const window = createWindow(host.open());
  const heard: unknown[] = [];
  window.counter.on('didFail', (value) => heard.push(value));
  await window.counter.anything({});
  host.didFail.emit(10n);
  await window.counter.anything({});
  expect(heard).toEqual([]);
  expect(host.errors).toHaveLength(1);
});

test('an answer and an event of a host that breaks the contract are refused in the window', async () => {
  const [near, far] = createMemoryPorts();
  far.onFrame((raw) => {
    const frame = raw as { kind: string; id: number };
    if (frame.kind === 'subscribe') far.post({ kind: 'event', name: 'counter.didAdd', value: 'three' });
    else far.post({ kind: 'result', id: frame.id, value: 'three' });
  });
  const window = createWindow(near);
  const heard: unknown[] = [];
  window.counter.on('didAdd', (value) => heard.push(value));
  await expect(window.counter.add({ by: 3 })).rejects.toMatchObject({ code: 'rpc/bad-result' });
  expect(heard).toEqual([]);
  expect(window.errors).toEqual([expect.objectContaining({ code: 'rpc/bad-event' })]);
});

test('a frame that the window does not understand is reported, and an answer nobody waits for is not', async () => {
  const [near, far] = createMemoryPorts();
  const window = createWindow(near);
  far.onFrame((raw) => {
    far.post('hello');
    far.post({ kind: 'result', id: 999, value: 1 });
    far.post({ kind: 'result', id: (raw as { id: number }).id, value: 1 });
  });
  expect(await window.counter.add({ by: 1 })).toBe(1);
  expect(window.errors).toEqual([expect.objectContaining({ code: 'rpc/bad-frame' })]);
});

test('parameters that JSON cannot hold reject their call and leave the others alone', async () => {
  const window = createWindow(createHost().open());
  const cyclic: { by: number; self?: unknown } = { by: 1 };
  cyclic.self = cyclic;
  await expect(window.counter.add(cyclic)).rejects.toThrow(TypeError);
  expect(await window.counter.add({ by: 1 })).toBe(1);
});

test('a call without a connection is refused at once with what to do', async () => {
  const { counter: unconnected, client } = createWindow();
  expect(client.state).toBe('connecting');
  await expect(unconnected.add({ by: 1 })).rejects.toMatchObject({
    code: 'rpc/closed',
    message: expect.stringContaining('Try again'),
  });
});

test('every pending call is rejected by name when the connection closes', async () => {
  const window = createWindow(createHost().open());
  const pending = [window.counter.never({}), window.counter.never({})];
  window.client.close();
  for (const call of pending)
    await expect(call).rejects.toMatchObject({
      code: 'rpc/closed',
      message: expect.stringContaining('counter.never'),
    });
});

test('the state follows the connection, and only a reconnect asks to fetch anew', () => {
  const host = createHost();
  const { client } = createWindow();
  const states: string[] = [];
  let reconnects = 0;
  client.onDidChangeState.on((state) => states.push(state));
  client.onDidReconnect.on(() => {
    reconnects += 1;
  });
  client.attach(host.open());
  expect(reconnects).toBe(0);
  client.close();
  client.attach(host.open());
  expect(reconnects).toBe(1);
  expect(states).toEqual(['open', 'closed', 'open']);
});

test('attaching a port that has closed already leaves the client closed', () => {
  const port = createHost().open();
  port.close();
  const { client } = createWindow(port);
  expect(client.state).toBe('closed');
});

test('attaching over an open port closes that one and rejects what it owed', async () => {
  const first = createHost();
  const window = createWindow(first.open());
  const pending = window.counter.never({});
  window.client.attach(createHost().open());
  await expect(pending).rejects.toMatchObject({ code: 'rpc/closed' });
  expect(await window.counter.add({ by: 2 })).toBe(2);
});

test('what was subscribed before there was a host is heard once there is one, and again after a reconnect', async () => {
  const host = createHost();
  const window = createWindow();
  const heard: number[] = [];
  window.counter.on('didAdd', (value) => heard.push(value));
  for (const by of [1, 2]) {
    window.client.attach(host.open());
    await window.counter.add({ by });
  }
  expect(heard).toEqual([1, 3]);
});

test('what was unsubscribed while disconnected stays so', async () => {
  const host = createHost();
  const window = createWindow(host.open());
  const heard: number[] = [];
  const stop = window.counter.on('didAdd', (value) => heard.push(value));
  window.client.close();
  stop();
  window.client.attach(host.open());
  await window.counter.add({ by: 1 });
  expect(heard).toEqual([]);
});

test('two listeners share one subscription, and one that throws or leaves does not disturb the other', async () => {
  const host = createHost();
  const window = createWindow(host.open());
  const heard: number[] = [];
  const stop = window.counter.on('didAdd', () => {
    throw new Error('a view is broken');
  });
  window.counter.on('didAdd', (value) => heard.push(value));
  await window.counter.add({ by: 1 });
  stop();
  stop();
  await window.counter.add({ by: 1 });
  expect(heard).toEqual([1, 2]);
  expect(window.errors).toHaveLength(1);
});

test('an event that the contract does not name cannot be subscribed to', () => {
  const { counter: service } = createWindow();
  expect(() => service.on('didExplode' as 'didAdd', () => {})).toThrow(StudioError);
});
