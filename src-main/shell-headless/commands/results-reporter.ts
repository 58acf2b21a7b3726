/** What enrichers, notifiers, processors and connectors answer, for people: a block a request, and a summary. */
import { type EventRequest, type EventResponse, OUTCOME_WORDS } from '@shared/contracts';
import type { EnrichmentRequest, EnrichmentResponse, NotificationRequest, NotificationResponse } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import { type Colours, createColours, plain } from './colours';
import type { RunReporter } from './run-reporter';
import { summaryEnd } from './summary-end';
import type { Terminal } from './terminal';

export type ReportedType = 'enricher' | 'notifier' | 'processor' | 'connector';

interface Block {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

type ToBlocks = (result: FileResult) => readonly Block[];

export function createResultsReporter(terminal: Terminal, type: ReportedType): RunReporter {
  const colours = createColours(terminal.hasColours);
  const { toBlocks, sent, got } = WORDS[type];
  let asked = 0;
  let isolation = '';
  return {
    async file(result) {
      asked += sentIn(result);
      isolation = result.isolation;
      for (const block of toBlocks(result)) await terminal.write(`${blockText(block, colours)}\n`);
    },
    async end(run, _manifest, { loggedErrors }) {
      const results = `${amount(run.findingCount, got)} of ${amount(asked, sent)}`;
      await terminal.write(`${results}, ${summaryEnd(run, isolation, loggedErrors)}\n`);
    },
  };
}

const sentIn = ({ request }: FileResult) => (Array.isArray(request.events) ? request.events.length : 1);

function blockText({ title, rows }: Block, colours: Colours): string {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, plain(cell).length)),
    [],
  );
  const lines = rows.map((row) =>
    `  ${row.map((cell, at) => plain(cell).padEnd(at === row.length - 1 ? 0 : (widths[at] ?? 0))).join('  ')}`.trimEnd(),
  );
  return [colours.bold(plain(title)), ...lines, ''].join('\n');
}

/** What keeps the contract is shown; a response that breaks it is said at the end of the run. */
const listOf = <Value>(value: readonly Value[] | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

const enrichmentBlocks: ToBlocks = ({ request, response, outcome, error }) => {
  const { data_type, data_value } = request as EnrichmentRequest;
  const { enrichments, cache_hits = 0 } = (response ?? {}) as Partial<EnrichmentResponse>;
  const rows = listOf(enrichments).map((found) => [
    typeof found.threat_score === 'number' ? found.threat_score.toFixed(1) : '-',
    found.confidence ?? 'unknown',
    found.enrichment_type,
    found.source_name || '-',
    listOf(found.threat_categories).join(', '),
  ]);
  const none = outcome === 'success' ? 'nothing is known' : (error?.message ?? OUTCOME_WORDS[outcome]);
  const cached = cache_hits > 0 ? ', from the cache' : '';
  return [{ title: `${data_value} (${data_type}${cached})`, rows: rows.length === 0 ? [[none]] : rows }];
};

const deliveryBlocks: ToBlocks = ({ request, response, error }) => {
  const { title, message = '' } = request as NotificationRequest;
  const { results } = (response ?? {}) as Partial<NotificationResponse>;
  const rows = listOf(results).map((delivery) => [
    delivery.channel,
    delivery.success ? 'sent' : 'failed',
    [
      delivery.status_code,
      delivery.status_message,
      (delivery.retry_count ?? 0) > 0 ? `(${amount(delivery.retry_count ?? 0, ['retry', 'retries'])})` : undefined,
      delivery.next_retry_at ? `again at ${delivery.next_retry_at}` : undefined,
    ]
      .filter((part) => part !== undefined && part !== null && part !== '')
      .join(' '),
  ]);
  const none = [[error?.message ?? 'no delivery']];
  return [{ title: title || (message.split('\n')[0] ?? ''), rows: rows.length === 0 ? none : rows }];
};

const eventBlocks: ToBlocks = ({ request, response }) => {
  const { events: sent } = request as EventRequest;
  const { events = [], handled = [] } = (response ?? {}) as Partial<EventResponse>;
  const byId = new Map(events.map((event) => [event.event_id, event]));
  return handled.map(({ published, error_message }, index) => {
    const event = sent[index];
    const rows = published.flatMap((id) => {
      const out = byId.get(id);
      return out === undefined ? [] : [['→', out.event_type, out.event_name || (out.severity ?? '')]];
    });
    const none = [[error_message ?? 'nothing follows']];
    return {
      title: [event?.event_type, event?.event_name].filter(Boolean).join(': '),
      rows: rows.length === 0 ? none : rows,
    };
  });
};

type Words = readonly [string, string];

const WORDS: Readonly<Record<ReportedType, { toBlocks: ToBlocks; sent: Words; got: Words }>> = {
  enricher: {
    toBlocks: enrichmentBlocks,
    sent: ['indicator', 'indicators'],
    got: ['enrichment', 'enrichments'],
  },
  notifier: { toBlocks: deliveryBlocks, sent: ['notification', 'notifications'], got: ['delivery', 'deliveries'] },
  processor: { toBlocks: eventBlocks, sent: ['event in', 'events in'], got: ['event out', 'events out'] },
  connector: { toBlocks: eventBlocks, sent: ['event in', 'events in'], got: ['event out', 'events out'] },
};

const amount = (count: number, [one, several]: Words) => `${count} ${count === 1 ? one : several}`;
