/**
 * What every port must do, whatever carries it. Each door's own test calls this with a way to get two connected
 * ends, so that nothing above a port ever has to know which one it got.
 */
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterEach, describe, expect, test } from 'vitest';
import { StudioError } from '../errors';
import { createRpcClient } from './client';
import { createEmitter } from './emitter';
import type { Port } from './port';
import { createOffer, serve } from './server';
import { call, defineService } from './service';

export interface PortPair {
  readonly near: Port;
  readonly far: Port;
  /** Frees what carries the two, whether they are closed or not. */
  dispose(): void | Promise<void>;
}

const check = (schema: TSchema, value: unknown) =>
  Value.Check(schema, value) ? undefined : (Value.Errors(schema, value)[0]?.message ?? 'does not match');

const EchoSchema = Type.Object({ text: Type.String(), times: Type.Optional(Type.Integer()) });
const echoService = defineService({
  name: 'echo',
  calls: {
    say: call(EchoSchema, Type.String()),
    refuse: call(Type.Object({}), Type.Null()),
    wait: call(Type.Object({}), Type.Null()),
  },
  events: { didSay: EchoSchema },
});

/** Resolves with the first `count` frames. */
const framesOf = (port: Port, count: number) =>
  new Promise<unknown[]>((resolve) => {
    const frames: unknown[] = [];
    port.onFrame((frame) => {
      frames.push(frame);
      if (frames.length === count) resolve(frames);
    });
  });

const closeOf = (port: Port) => new Promise<void>((resolve) => port.onClose(resolve));

export function describePort(name: string, connect: () => Promise<PortPair>): void {
  describe(`a port over ${name}`, () => {
    const pairs: PortPair[] = [];
    const connected = async () => {
      const pair = await connect();
      pairs.push(pair);
      return pair;
    };

    afterEach(async () => {
      for (const pair of pairs.splice(0)) await pair.dispose();
    });

    test('keeps the order of frames, in both directions', async () => {
      const { near, far } = await connected();
      const numbers = Array.from({ length: 500 }, (_, index) => ({ index }));
      const [atFar, atNear] = [framesOf(far, numbers.length), framesOf(near, numbers.length)];
      for (const frame of numbers) {
        near.post(frame);
        far.post(frame);
      }
      expect(await atFar).toEqual(numbers);
      expect(await atNear).toEqual(numbers);
    });

    test('holds frames that come before anybody listens', async () => {
      const { near, far } = await connected();
      near.post('first');
      near.post('second');
      // An answer to the question shows that both had arrived before anybody listened.
      const answered = framesOf(near, 1);
      far.post('answer');
      await answered;
      near.post('third');
      expect(await framesOf(far, 3)).toEqual(['first', 'second', 'third']);
    });

    test('hands over a copy: a value changed after the post arrives as it was', async () => {
      const { near, far } = await connected();
      const frame = { list: [1, 2], absent: undefined, nothing: null, text: 'ä \u2028 \ud83d\ude00' };
      const arrived = framesOf(far, 1);
      near.post(frame);
      frame.list.push(3);
      expect(await arrived).toStrictEqual([{ list: [1, 2], nothing: null, text: 'ä \u2028 \ud83d\ude00' }]);
    });

    test('carries a frame of sixteen megabytes', async () => {
      const { near, far } = await connected();
      const arrived = framesOf(far, 1);
      near.post({ text: 'x'.repeat(16 * 1024 * 1024) });
      const [frame] = (await arrived) as [{ text: string }];
      expect(frame.text.length).toBe(16 * 1024 * 1024);
    });

    test.each(['near', 'far'] as const)('tells both sides once when the %s one closes', async (side) => {
      const pair = await connected();
      let told = 0;
      pair.near.onClose(() => {
        told += 1;
      });
      pair.far.onClose(() => {
        told += 1;
      });
      const closed = Promise.all([closeOf(pair.near), closeOf(pair.far)]);
      pair[side].close();
      pair[side].close();
      await closed;
      expect(told).toBe(2);
    });

    test('delivers what was posted before the close', async () => {
      const { near, far } = await connected();
      const arrived = framesOf(far, 2);
      near.post(1);
      near.post(2);
      near.close();
      expect(await arrived).toEqual([1, 2]);
    });

    test('tells at once who asks after the close', async () => {
      const { near } = await connected();
      near.close();
      let told = false;
      near.onClose(() => {
        told = true;
      });
      expect(told).toBe(true);
    });

    test('ignores posts after the close, from either side', async () => {
      const { near, far } = await connected();
      const late: unknown[] = [];
      near.onFrame((frame) => late.push(frame));
      far.onFrame((frame) => late.push(frame));
      const farClosed = closeOf(far);
      near.close();
      near.post('late');
      far.post('late as well');
      await farClosed;
      far.post('later still');
      expect(late).toEqual([]);
    });

    describe('with the calls on top', () => {
      const open = async () => {
        const pair = await connected();
        const errors: unknown[] = [];
        const didSay = createEmitter<Static<typeof EchoSchema>>();
        let listeners = 0;
        const offer = createOffer();
        offer.add(echoService, {
          calls: {
            say: ({ text, times = 1 }) => text.repeat(times),
            refuse: () => {
              throw new StudioError('echo/refused', 'Say something else.', { data: { why: ['a', 'b'] } });
            },
            wait: () => new Promise<null>(() => {}),
          },
          events: {
            didSay: {
              on(listener) {
                listeners += 1;
                const stop = didSay.on(listener);
                return () => {
                  listeners -= 1;
                  stop();
                };
              },
            },
          },
        });
        serve(pair.far, offer, { check, onError: (error) => errors.push(error) });
        const client = createRpcClient(check, (error) => errors.push(error));
        client.attach(pair.near);
        return { ...pair, client, echo: client.service(echoService), didSay, errors, listeners: () => listeners };
      };

      test('a call is answered', async () => {
        const { echo } = await open();
        expect(await echo.say({ text: 'ab', times: 3 })).toBe('ababab');
      });

      test('an error keeps its code, its message and its data', async () => {
        const { echo } = await open();
        await expect(echo.refuse({})).rejects.toMatchObject({
          code: 'echo/refused',
          message: 'Say something else.',
          data: { why: ['a', 'b'] },
        });
      });

      test('an event reaches who subscribed, until they do no longer', async () => {
        const { echo, didSay, listeners } = await open();
        const heard: unknown[] = [];
        const stop = echo.on('didSay', (value) => heard.push(value));
        await echo.say({ text: 'subscribed by now' });
        didSay.emit({ text: 'one' });
        await echo.say({ text: 'heard by now' });
        stop();
        await echo.say({ text: 'unsubscribed by now' });
        expect(listeners()).toBe(0);
        didSay.emit({ text: 'two' });
        await echo.say({ text: 'nothing came' });
        expect(heard).toEqual([{ text: 'one' }]);
      });

      test('a close rejects what is pending and ends the subscriptions', async () => {
        const { echo, far, client, listeners } = await open();
        echo.on('didSay', () => {});
        await echo.say({ text: 'subscribed by now' });
        const pending = echo.wait({});
        far.close();
        await expect(pending).rejects.toMatchObject({ code: 'rpc/closed' });
        expect(client.state).toBe('closed');
        expect(listeners()).toBe(0);
      });

      test('a new port takes over the subscriptions of the old one', async () => {
        const first = await open();
        const heard: unknown[] = [];
        first.echo.on('didSay', (value) => heard.push(value));
        const second = await open();
        const oldClosed = closeOf(first.far);
        first.client.attach(second.near);
        await oldClosed;
        await first.echo.say({ text: 'subscribed again by now' });
        expect([first.listeners(), second.listeners()]).toEqual([0, 1]);
        second.didSay.emit({ text: 'from the new host' });
        await first.echo.say({ text: 'heard by now' });
        expect(heard).toEqual([{ text: 'from the new host' }]);
      });
    });
  });
}
