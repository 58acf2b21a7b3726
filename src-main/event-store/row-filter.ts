/**
 * A query, compiled. Cheap columns first: what a type, a source or a list of tags means to the query is worked out
 * once for each different one; whole events are read only for what is left.
 */
import type { EventQuery } from '@shared/contracts/events';
import { compilePatterns, compileWildcards } from '@shared/event-filter/pattern';
import { rankOf, UNKNOWN_RANK } from '@shared/event-filter/priority';
import { CHUNK_ROWS, type Chunk } from './chunk';
import type { Dictionary } from './dictionary';
import { hashOf } from './hash';
import { createTextSearch } from './text-search';

export interface RowFilter {
  /** @returns the rows of the chunk from first to end (exclusive) that match, in rising order */
  select(chunk: Chunk, first: number, end: number): number[];
}

type ColumnTest = (chunk: Chunk, first: number, end: number) => number[];

/** @returns undefined for a query that every event matches */
export function compileQuery(query: EventQuery): RowFilter | undefined {
  const columns = compileColumns(query);
  const correlates = query.correlationId ? compileCorrelation(query.correlationId) : undefined;
  const searches = (query.texts ?? []).filter((text) => text !== '').map(createTextSearch);
  if (columns === undefined && correlates === undefined && searches.length === 0) return undefined;
  return {
    select(chunk, first, end) {
      let rows = (columns ?? everyRow)(chunk, first, end);
      if (correlates !== undefined) rows = rows.filter((row) => correlates(chunk, row));
      for (const search of searches) if (rows.length > 0) rows = search.find(chunk.text, rows, first, end);
      return rows;
    },
  };
}

/** The column rules out most rows; what is left is read, since different ids may share a hash. */
function compileCorrelation(correlationId: string): (chunk: Chunk, row: number) => boolean {
  const hash = hashOf(correlationId);
  return (chunk, row) => chunk.correlationAt[row] === hash && chunk.read(row).correlation_id === correlationId;
}

function everyRow(_chunk: Chunk, first: number, end: number): number[] {
  const rows: number[] = [];
  for (let row = first; row < end; row += 1) rows.push(row);
  return rows;
}

type Test = (text: string) => boolean;

/** Which numbers of a dictionary pass, as a table: the test is asked once for each. */
function createTable(test: Test | undefined): (dictionary: Dictionary) => Uint8Array {
  let of: Dictionary | undefined;
  let asked = 0;
  const passes = new Uint8Array(CHUNK_ROWS).fill(test === undefined ? 1 : 0);
  return (dictionary) => {
    if (test === undefined) return passes;
    if (of !== dictionary) asked = 0;
    of = dictionary;
    for (; asked < dictionary.texts.length; asked += 1) passes[asked] = test(dictionary.texts[asked] ?? '') ? 1 : 0;
    return passes;
  };
}

function both(wanted: Test | undefined, unwanted: Test | undefined): Test | undefined {
  if (unwanted === undefined) return wanted;
  return (text) => (wanted?.(text) ?? true) && !unwanted(text);
}

function compileTags(tags: readonly string[] | undefined): Test | undefined {
  if (tags === undefined || tags.length === 0) return undefined;
  return (list) => {
    const present = new Set<unknown>(JSON.parse(list));
    return tags.every((tag) => present.has(tag));
  };
}

function compileColumns(query: EventQuery): ColumnTest | undefined {
  const type = both(compilePatterns(query.types), compilePatterns(query.excludeTypes));
  const source = both(compileWildcards(query.sources), compileWildcards(query.excludeSources));
  const tags = compileTags(query.tags);
  const least = query.minPriority === undefined ? UNKNOWN_RANK : rankOf(query.minPriority);
  if (!type && !source && !tags && least === UNKNOWN_RANK) return undefined;
  const typeTable = createTable(type);
  const sourceTable = createTable(source);
  const tagTable = createTable(tags);
  return ({ typeAt, sourceAt, tagListAt, rankAt, types, sources, tagLists }, first, end) => {
    const hasType = typeTable(types);
    const hasSource = sourceTable(sources);
    const hasTags = tagTable(tagLists);
    const rows: number[] = [];
    for (let row = first; row < end; row += 1) {
      if ((rankAt[row] as number) < least || hasType[typeAt[row] as number] === 0) continue;
      if (hasSource[sourceAt[row] as number] === 1 && hasTags[tagListAt[row] as number] === 1) rows.push(row);
    }
    return rows;
  };
}
