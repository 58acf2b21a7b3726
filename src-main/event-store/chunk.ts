/**
 * Some thousand events in columns: numbers for what queries ask most, the whole event as text. A chunk has its own
 * dictionaries, so that when the oldest chunk goes, all it ever held goes with it.
 */

import { rankOf } from '@shared/event-filter/priority';
import type { SecurityEvent } from '@shared/schemas';
import { Dictionary } from './dictionary';
import { hashOf } from './hash';
import { TextColumn } from './text-column';

/** Numbers of a dictionary have 16 bits: a chunk cannot hold more different texts than rows. */
export const CHUNK_ROWS = 8192;
const CHUNK_BYTES = 4 * 1024 * 1024;
const NO_TAGS = '[]';

export class Chunk {
  length = 0;
  readonly types = new Dictionary();
  readonly sources = new Dictionary();
  /** Lists of tags as JSON: few different ones pass. */
  readonly tagLists = new Dictionary();
  readonly typeAt = new Uint16Array(CHUNK_ROWS);
  readonly sourceAt = new Uint16Array(CHUNK_ROWS);
  readonly tagListAt = new Uint16Array(CHUNK_ROWS);
  readonly rankAt = new Uint8Array(CHUNK_ROWS);
  /** 0 where there is no correlation id. Different ids may share a hash. */
  readonly correlationAt = new Uint32Array(CHUNK_ROWS);
  readonly text = new TextColumn(CHUNK_ROWS);

  /** @param firstSeq the sequence number of its row 0 */
  constructor(readonly firstSeq: number) {}

  get endSeq(): number {
    return this.firstSeq + this.length;
  }

  get isFull(): boolean {
    return this.length === CHUNK_ROWS || this.text.byteLength >= CHUNK_BYTES;
  }

  append(event: SecurityEvent, json: string): void {
    const row = this.length;
    const { tags, correlation_id: correlationId } = event;
    this.typeAt[row] = this.types.numberOf(event.event_type);
    this.sourceAt[row] = this.sources.numberOf(event.source ?? '');
    this.tagListAt[row] = this.tagLists.numberOf(
      tags === undefined || tags.length === 0 ? NO_TAGS : JSON.stringify(tags),
    );
    this.rankAt[row] = rankOf(event.priority);
    this.correlationAt[row] = correlationId == null ? 0 : hashOf(correlationId);
    this.text.append(json);
    this.length = row + 1;
  }

  read(row: number): SecurityEvent {
    return JSON.parse(this.text.read(row)) as SecurityEvent;
  }
}
