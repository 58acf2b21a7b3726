import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessages } from './message-reader';

function read(stream: PassThrough, options: Partial<Parameters<typeof readMessages>[1]> = {}) {
  const messages: unknown[] = [];
  const ended = readMessages(stream, {
    onMessage: (message) => messages.push(message),
    onBadLine: () => messages.push('bad'),
    onOverflow: () => messages.push('overflow'),
    lineBytes: 1000,
    sliceMs: 5,
    ...options,
  });
  return { messages, ended };
}

describe('reading messages', () => {
  it('gives the same messages however the bytes are cut', async () => {
    const anyMessage = fc.oneof(fc.string({ unit: 'grapheme' }), fc.record({ kind: fc.string(), id: fc.integer() }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyMessage)),
        fc.array(fc.nat(50), { minLength: 1 }),
        async (batches, cuts) => {
          const stream = new PassThrough();
          const { messages, ended } = read(stream, { lineBytes: 1e6 });
          const bytes = Buffer.from(batches.map((batch) => `${JSON.stringify(batch)}\n`).join(''));
          for (let start = 0, i = 0; start < bytes.length; i++) {
            const size = 1 + (cuts[i % cuts.length] ?? 0);
            stream.write(bytes.subarray(start, start + size));
            start += size;
          }
          stream.end();
          await ended;
          expect(messages).toEqual(batches.flat());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('reports a bad line and goes on', async () => {
    const stream = new PassThrough();
    const { messages, ended } = read(stream);
    stream.end('{"a":1}\n{oops\n[2,3]\n');
    await ended;
    expect(messages).toEqual([{ a: 1 }, 'bad', 2, 3]);
  });

  it('closes the stream when a line is too long', async () => {
    const stream = new PassThrough();
    const { messages, ended } = read(stream);
    stream.write(`1\n${'x'.repeat(2000)}`);
    await ended;
    expect(messages).toEqual([1, 'overflow']);
  });

  it('gives others a turn after each slice of work, and stops reading meanwhile', async () => {
    const stream = new PassThrough();
    let turns = 0;
    let turnsWhenDone = 0;
    let left = 50;
    const takeTurns = () => {
      turns++;
      if (left > 0) setImmediate(takeTurns);
    };
    const { ended } = read(stream, {
      sliceMs: 1,
      onMessage: () => {
        const until = performance.now() + 1;
        while (performance.now() < until);
        turnsWhenDone = turns;
        left--;
      },
    });
    setImmediate(takeTurns);
    stream.end(`[${Array(50).fill(1).join(',')}]\n`);
    await ended;
    expect(left).toBe(0);
    expect(turnsWhenDone).toBeGreaterThan(20);
  });
});
