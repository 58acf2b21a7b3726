/**
 * A query, compiled. Cheap columns first: what a type, a source or a list of tags means to the query is worked out
 * once for each different one; whole events are read only for what is left.
 */
import type { EventQuery } from '@shared/contracts/events';
import { compilePatterns, compileWildcards } from '../bus/pattern';
import { rankOf, UNKNOWN_RANK } from '../bus/priority';
import type { Chunk } from './chunk';
import type { Dictionary } from './dictionary';
import { hashOf } from './hash';
import { createTextSearch } from './text-search';

export interface RowFilter {
  /** @returns the rows of the chunk from first to end (exclusive) that match, in rising order */
  select(chunk: Chunk, first: number, end: number): number[];
}

/** @returns undefined for a query that every event matches */
export function compileQuery(query: EventQuery): RowFilter | undefined {
  const correlationId = query.correlationId || undefined;
  const searches = (query.texts ?? []).filter((text) => text !== '').map(createTextSearch);
  const columns = compileColumns(query, correlationId);
  if (columns === undefined && searches.length === 0) return undefined;
  return {
    select(chunk, first, end) {
      let rows = columns === undefined ? everyRow(first, end) : columns(chunk, first, end);
      if (correlationId !== undefined) rows = rows.filter((row) => chunk.read(row).correlation_id === correlationId);
      for (const search of searches) if (rows.length > 0) rows = search.find(chunk.text, rows, first, end);
      return rows;
    },
  };
}

function everyRow(first: number, end: number): number[] {
  const rows: number[] = [];
  for (let row = first; row < end; row += 1) rows.push(row);
  return rows;
}

type Test = (text: string) => boolean;

/** Answers for numbers of a dictionary, asking the test once for each. */
function ofDictionary(test: Test | undefined): (chunk: Chunk, dictionary: Dictionary) => (number: number) => boolean {
  let of: Chunk | undefined;
  let answers: boolean[] = [];
  return (chunk, dictionary) => {
    if (of !== chunk) answers = [];
    of = chunk;
    return (number) => {
      if (test === undefined) return true;
      answers[number] ??= test(dictionary.texts[number] ?? '');
      return answers[number];
    };
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

function compileColumns(query: EventQuery, correlationId: string | undefined) {
  const type = both(compilePatterns(query.types), compilePatterns(query.excludeTypes));
  const source = both(compileWildcards(query.sources), compileWildcards(query.excludeSources));
  const tags = compileTags(query.tags);
  const least = query.minPriority === undefined ? UNKNOWN_RANK : rankOf(query.minPriority);
  const correlation = correlationId === undefined ? 0 : hashOf(correlationId);
  if (!type && !source && !tags && least === UNKNOWN_RANK && correlation === 0) return undefined;
  const types = ofDictionary(type);
  const sources = ofDictionary(source);
  const tagLists = ofDictionary(tags);
  return (chunk: Chunk, first: number, end: number): number[] => {
    const hasType = types(chunk, chunk.types);
    const hasSource = sources(chunk, chunk.sources);
    const hasTags = tagLists(chunk, chunk.tagLists);
    const rows: number[] = [];
    for (let row = first; row < end; row += 1) {
      if ((chunk.rankAt[row] as number) < least) continue;
      if (correlation !== 0 && chunk.correlationAt[row] !== correlation) continue;
      if (!hasType(chunk.typeAt[row] as number)) continue;
      if (hasSource(chunk.sourceAt[row] as number) && hasTags(chunk.tagListAt[row] as number)) rows.push(row);
    }
    return rows;
  };
}
