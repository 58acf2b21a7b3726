/** Runs of enrichers: a sample is a request, or a list of indicators, one a line. */
import { EnrichmentRequestSchema, type EnrichmentResponse, EnrichmentResponseSchema } from '@shared/schemas';
import { requestCompleter } from '../complete-request';
import { guessIndicatorType } from './indicator-type';
import { labelled, objectsOf, saidLines } from './json-sample';
import { answering } from './judge-response';
import type { Fields, RunType } from './run-type';

const indicator = (fields: Fields): Fields =>
  fields.data_type === undefined && typeof fields.data_value === 'string'
    ? { data_type: guessIndicatorType(fields.data_value), ...fields }
    : fields;

const TIMEOUT_SECONDS = 30;

export const enricherRuns: RunType = {
  choices: { data_type: 'get_supported_data_types', enrichment_types: 'get_enrichment_types' },
  identity: ['data_type', 'data_value'],
  requestsOf(sample) {
    const given = objectsOf(sample);
    if (given !== undefined) return labelled(sample.name, given.map(indicator));
    const lines = saidLines(sample.text);
    const values = lines.map(({ said }) => indicator({ data_value: said }));
    if (values.length === 0) return [{ label: sample.name, fields: { data_type: 'domain', data_value: '' } }];
    return labelled(sample.name, values, (index) => lines[index]?.line ?? index + 1);
  },
  complete: requestCompleter(EnrichmentRequestSchema),
  perform: answering<EnrichmentResponse>({
    method: 'enrich',
    schema: EnrichmentResponseSchema,
    timeout: TIMEOUT_SECONDS,
    results: 'enrichments',
    outcomeOf: ({ status }) =>
      status === 'success' || status === 'partial' ? 'success' : status === 'timeout' ? 'timeout' : 'plugin-error',
    warningsOf: ({ status, error_message }) =>
      status === 'partial' && error_message ? [`Not everything could be asked: ${error_message}`] : [],
  }),
  events: { started: 'enrichment.requested', completed: 'enrichment.completed', failed: 'enrichment.failed' },
  timeoutSeconds: TIMEOUT_SECONDS,
  worksBetweenCalls: false,
  keepsExchanges: true,
};
