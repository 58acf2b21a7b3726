/** Reads the body of an answer, unpacked and bounded: what a few bytes unpack to counts, not what was sent. */
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { inMegabytes, PIECE_BYTES } from '../byte-limits';
import { tooLarge } from '../refusals';

/** Bytes that all bodies which are being read at the same time may take together. */
export interface BodyBudget {
  taken: number;
  readonly most: number;
}

const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
};

export async function readBody(response: IncomingMessage, budget: BodyBudget): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked(response)) {
      length += chunk.length;
      budget.taken += chunk.length;
      if (length > PIECE_BYTES) throw tooLarge(`The answer has more than ${inMegabytes(PIECE_BYTES)}. Ask for less.`);
      if (budget.taken > budget.most) {
        throw tooLarge(
          `The answers that are being read have more than ${inMegabytes(budget.most)} together. Ask one after the other.`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } finally {
    budget.taken -= length;
    response.destroy();
  }
}

async function* unpacked(response: IncomingMessage): AsyncGenerator<Buffer> {
  const coding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (coding === 'deflate') {
    yield* inflated(response);
    return;
  }
  const unpacker = UNPACKERS[coding]?.();
  if (unpacker === undefined) yield* response;
  else yield* through(response, unpacker);
}

async function* through(source: NodeJS.ReadableStream, unpacker: Transform): AsyncGenerator<Buffer> {
  source.on('error', (error) => unpacker.destroy(error));
  source.on('close', () => {
    // Cut short; one that has ended has handed over everything already.
    if (!(source as IncomingMessage).readableEnded) unpacker.destroy(new Error('the connection was closed early'));
  });
  source.pipe(unpacker);
  yield* unpacker;
}

/** Some servers send "deflate" with the wrapper that the standard asks for, others without: the first byte tells. */
async function* inflated(response: IncomingMessage): AsyncGenerator<Buffer> {
  const first: Buffer | undefined = await firstByte(response);
  if (first === undefined) return;
  response.unshift(first);
  yield* through(response, ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw());
}

async function firstByte(response: IncomingMessage): Promise<Buffer | undefined> {
  for (;;) {
    const byte = response.read(1) as Buffer | null;
    if (byte !== null) return byte;
    if (response.readableEnded || response.destroyed) return undefined;
    await new Promise<void>((resolve, reject) => {
      response.once('readable', resolve).once('end', resolve).once('close', resolve).once('error', reject);
    });
  }
}
