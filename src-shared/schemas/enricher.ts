/** Enricher plugins: what is known about an indicator. */
import { type Static, Type } from 'typebox';
import { count, flag, map, maybe, oneOf, rank, requiredText, seconds, text, texts, timestamp } from './building-blocks';
import { DATA_TYPES, ENRICHMENT_TYPES } from './vocabulary';

export const EnrichmentTypeSchema = oneOf(ENRICHMENT_TYPES);
export type EnrichmentType = Static<typeof EnrichmentTypeSchema>;

export const EnrichmentRequestSchema = Type.Object(
  {
    request_id: requiredText('Names this request in logs, events and the response'),
    data_type: requiredText(`What data_value is: ${DATA_TYPES.join(', ')}, or a type of the plugin's own`),
    data_value: requiredText('The indicator'),
    enrichment_types: Type.Optional(Type.Array(EnrichmentTypeSchema, { default: [] })),
    include_historical: flag('Also what is no longer true'),
    max_age_days: maybe(Type.Number({ minimum: 0 }), { description: 'No data older than this' }),
    context: map('Anything the caller wants to hand over'),
    timeout: seconds('How long it may take', 30),
    source: text('Who asked'),
    priority: rank('0 is last, 100 is first'),
    timestamp: timestamp('When it was asked'),
  },
  { title: 'EnrichmentRequest' },
);
export type EnrichmentRequest = Static<typeof EnrichmentRequestSchema>;

export const EnrichmentResultSchema = Type.Object(
  {
    source_type: requiredText('Type of the indicator'),
    source_value: requiredText('The indicator'),
    enrichment_type: EnrichmentTypeSchema,
    enriched_data: map('What is known'),
    confidence: Type.Optional(oneOf(['high', 'medium', 'low', 'unknown'], { default: 'unknown' })),
    source_name: text('Where it is known from'),
    source_url: maybe(Type.String()),
    data_timestamp: maybe(Type.String({ format: 'date-time' })),
    enrichment_timestamp: timestamp('When it was looked up'),
    threat_score: maybe(Type.Number({ minimum: 0, maximum: 10 }), { description: '0 (harmless) to 10' }),
    threat_categories: texts('Such as botnet or phishing'),
    iocs: texts('Related indicators'),
    tags: texts('Words to find it by'),
    references: texts('Where to read more'),
  },
  { title: 'EnrichmentResult' },
);
export type EnrichmentResult = Static<typeof EnrichmentResultSchema>;

export const EnrichmentResponseSchema = Type.Object(
  {
    request_id: requiredText('The id of the request that this answers'),
    status: oneOf(['success', 'partial', 'error', 'timeout']),
    enrichments: Type.Optional(Type.Array(EnrichmentResultSchema, { default: [] })),
    summary: map('Figures about the enrichment'),
    enrichment_duration: seconds('How long it took', 0),
    sources_queried: count('Sources asked'),
    cache_hits: count('Answers that came from a cache'),
    error_message: maybe(Type.String()),
    warnings: texts('What the reader should know'),
    enricher_version: text('Version of the plugin'),
    completion_timestamp: timestamp('When it ended'),
  },
  { title: 'EnrichmentResponse' },
);
export type EnrichmentResponse = Static<typeof EnrichmentResponseSchema>;
