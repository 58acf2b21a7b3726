/**
 * The stored events: numbered without gaps, the oldest let go when there are too many or their text gets too large.
 * A number is never used twice.
 */
import { StudioError } from '@shared/errors';
import type { SecurityEvent } from '@shared/schemas';
import { Chunk } from './chunk';

export class ChunkList {
  /** The oldest event that is stored; equal to endSeq where there is none. */
  firstSeq = 1;
  /** The next event's number. */
  endSeq = 1;
  evicted = 0;
  #chunks: Chunk[] = [];
  #sealedBytes = 0;

  constructor(
    private readonly capacity: number,
    private readonly mostBytes: number,
  ) {}

  get length(): number {
    return this.endSeq - this.firstSeq;
  }

  /** @throws StudioError events/not-json */
  append(event: SecurityEvent): number {
    const json = toJson(event);
    const chunk = this.#open();
    chunk.append(event, json);
    const seq = this.endSeq;
    this.endSeq += 1;
    if (chunk.isFull) this.#seal(chunk);
    if (this.length > this.capacity) this.#evictTo(this.endSeq - this.capacity);
    return seq;
  }

  chunkOf(seq: number): Chunk | undefined {
    if (seq < this.firstSeq || seq >= this.endSeq) return undefined;
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle] as Chunk).firstSeq <= seq) low = middle;
      else high = middle - 1;
    }
    return this.#chunks[low];
  }

  read(seq: number): SecurityEvent | undefined {
    const chunk = this.chunkOf(seq);
    return chunk?.read(seq - chunk.firstSeq);
  }

  clear(): void {
    this.#chunks = [];
    this.#sealedBytes = 0;
    this.firstSeq = this.endSeq;
  }

  #open(): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && !last.isFull) return last;
    const chunk = new Chunk(this.endSeq);
    this.#chunks.push(chunk);
    return chunk;
  }

  #seal(chunk: Chunk): void {
    chunk.text.seal();
    this.#sealedBytes += chunk.text.byteLength;
    while (this.#sealedBytes > this.mostBytes && this.#chunks.length > 1) {
      this.#evictTo((this.#chunks[0] as Chunk).endSeq);
    }
  }

  #evictTo(seq: number): void {
    this.evicted += seq - this.firstSeq;
    this.firstSeq = seq;
    for (let oldest = this.#chunks[0]; oldest?.isFull && oldest.endSeq <= seq; oldest = this.#chunks[0]) {
      this.#sealedBytes -= oldest.text.byteLength;
      this.#chunks.shift();
    }
  }
}

function toJson(event: SecurityEvent): string {
  try {
    return JSON.stringify(event);
  } catch (cause) {
    throw new StudioError(
      'events/not-json',
      `The event "${event.event_type}" cannot be stored, since its data is not plain JSON. Publish only texts, numbers, booleans, null, lists and objects without circles.`,
      { data: { event_id: event.event_id }, cause },
    );
  }
}
