/**
 * What a program would use without the studio: Node's own fork with json messages. No sandbox, no limits, no checks, no
 * bus: the least that a process beside the host can cost.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Says every message back; tells that it is there. */
const ECHO = `process.on('message', (message) => process.send(message)); process.send('ready');`;

/** Sends so many events, and lets others work now and then. */
const SENDER = `
process.on('message', ({ count, text }) => {
  let sent = 0;
  const some = () => {
    for (let i = 0; i < 500 && sent < count; i++, sent++) process.send({ event_type: 'custom.bench', data: { at: sent, text } });
    if (sent < count) setImmediate(some);
  };
  some();
});
process.send('ready');`;

const COUNTER = `
let heard = 0, wanted = 0;
process.on('message', (message) => {
  if (message.count !== undefined) { heard = 0; wanted = message.count; return; }
  if (++heard === wanted) process.send('all');
});
process.send('ready');`;

export interface PlainForks {
  start(): Promise<ChildProcess>;
  /** A message there and back. */
  roundTrip(child: ChildProcess): Promise<void>;
  /** From one process over this one to another. */
  relay(count: number, text: string): Promise<void>;
}

async function startReady(file: string): Promise<ChildProcess> {
  const child = fork(file, { serialization: 'json', execArgv: [] });
  await once(child, 'message');
  return child;
}

export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export async function createPlainForks(folder: string): Promise<PlainForks> {
  const write = async (name: string, code: string) => {
    const file = join(folder, `${name}.cjs`);
    await writeFile(file, code);
    return file;
  };
  const [echo, sender, counter] = await Promise.all([
    write('echo', ECHO),
    write('sender', SENDER),
    write('counter', COUNTER),
  ]);
  return {
    start: () => startReady(echo),
    async roundTrip(child) {
      const answer = once(child, 'message');
      child.send({ method: 'get_supported_types', args: [] });
      await answer;
    },
    async relay(count, text) {
      const [from, to] = await Promise.all([startReady(sender), startReady(counter)]);
      from.on('message', (message) => to.send(message as object));
      to.send({ count });
      const all = once(to, 'message');
      from.send({ count, text });
      await all;
      await Promise.all([end(from), end(to)]);
    },
  };
}
