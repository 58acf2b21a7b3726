import { once } from 'node:events';
import { MessageChannel as NodeMessageChannel, type MessagePort as NodeMessagePort } from 'node:worker_threads';
import { describePort } from '@shared/rpc/port-conformance';
import { expect, test } from 'vitest';
import { createMainMessagePort } from '../../../src-main/shell-electron/message-port';
import { createMessagePort, type MessageEnd } from './message-port';

/** Electron's MessagePortMain wraps what it hears into an event, as the DOM does; the port of Node does not. */
const asMain = (end: NodeMessagePort) => ({
  postMessage: (message: unknown) => end.postMessage(message),
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
    end.on(event as 'message', (data: unknown) => listener({ data }));
  },
  start: () => end.start(),
  close: () => end.close(),
});

describePort('a MessagePort, from the window to the host', async () => {
  const { port1, port2 } = new NodeMessageChannel();
  return {
    near: createMessagePort(port1 as unknown as MessageEnd),
    far: createMainMessagePort(asMain(port2)),
    dispose: () => port1.close(),
  };
});

describePort('a MessagePort, from the host to the window', async () => {
  const { port1, port2 } = new NodeMessageChannel();
  return {
    near: createMainMessagePort(asMain(port1)),
    far: createMessagePort(port2 as unknown as MessageEnd),
    dispose: () => port1.close(),
  };
});

test("the host's end hears of a window that went without a word", async () => {
  const { port1, port2 } = new NodeMessageChannel();
  const far = createMainMessagePort(asMain(port2));
  const closed = new Promise<void>((resolve) => far.onClose(resolve));
  port1.close();
  await closed;
});

test("the window's end, told by the shell that the host died, closes and stays quiet", async () => {
  const { port1, port2 } = new NodeMessageChannel();
  const near = createMessagePort(port1 as unknown as MessageEnd);
  const heard: unknown[] = [];
  near.onFrame((frame) => heard.push(frame));
  let closed = false;
  near.onClose(() => {
    closed = true;
  });
  near.lose();
  port2.postMessage('"too late"');
  port2.close();
  await once(port1, 'close');
  expect(closed).toBe(true);
  expect(heard).toEqual([]);
});
