/** What an enricher knows, indicator by indicator. Cards that are not in view cost little: the browser skips them. */
import type { Exchange, Run } from '@shared/contracts';
import type { EnrichmentResponse, EnrichmentResult } from '@shared/schemas';
import { useMemo } from 'react';
import { Chip } from '../../../ui/chip';
import { CopyButton } from '../../../ui/copy-button';
import { formatCount, formatDuration } from '../../../ui/figures';
import { Icon } from '../../../ui/icon';
import { ValueTree } from '../../../ui/value-tree';
import styles from './results.module.css';
import { ScoreBar } from './score-bar';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const words = (name: string) => name.replaceAll('_', ' ');
const listOf = <Value,>(value: readonly Value[] | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
const responseOf = ({ response }: Exchange) => (response ?? {}) as Partial<EnrichmentResponse>;

const CONFIDENCE_COLORS: Readonly<Record<string, string>> = { high: 'var(--ok)', medium: 'var(--medium)' };

export function Enrichments({ run }: { readonly run: Run }) {
  const figures = useMemo(() => {
    const all = run.exchanges.map(responseOf);
    const sum = (field: 'sources_queried' | 'cache_hits') => all.reduce((total, each) => total + (each[field] ?? 0), 0);
    const unknown = all.filter(({ enrichments }) => listOf(enrichments).length === 0).length;
    return { sources: sum('sources_queried'), cached: sum('cache_hits'), unknown };
  }, [run.exchanges]);
  return (
    <div className={styles.root}>
      <dl className={styles.figures} aria-label="Figures of the enrichment">
        <Figure name="Indicators" value={run.exchanges.length} />
        <Figure name="Unknown" value={figures.unknown} />
        <Figure name="Sources asked" value={figures.sources} />
        <Figure name="Cache hits" value={figures.cached} />
      </dl>
      <ul className={styles.cards} aria-label="Indicators">
        {run.exchanges.map((exchange, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the requests of a run keep their places
          <Indicator key={place} exchange={exchange} />
        ))}
      </ul>
    </div>
  );
}

const Figure = ({ name, value }: { readonly name: string; readonly value: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value.toLocaleString('en')}</dd>
  </div>
);

function Indicator({ exchange }: { readonly exchange: Exchange }) {
  const { request, outcome, error, durationMs } = exchange;
  const { enrichments, cache_hits = 0, sources_queried } = responseOf(exchange);
  const found = listOf(enrichments);
  const scores = found.flatMap(({ threat_score }) => (typeof threat_score === 'number' ? [threat_score] : []));
  const value = textOf(request.data_value);
  return (
    <li className={styles.card} aria-label={value}>
      <header className={styles.cardHead}>
        <h3 className={styles.indicator} title={value}>
          {value}
        </h3>
        <Chip>{textOf(request.data_type)}</Chip>
        {cache_hits > 0 && (
          <Chip color="var(--accent)" title="The answer came from the plugin's cache">
            cached
          </Chip>
        )}
        <span className={styles.gap} />
        {typeof sources_queried === 'number' && (
          <span className={styles.quiet}>{formatCount(sources_queried, 'source')}</span>
        )}
        <span className={styles.quiet}>{formatDuration(durationMs)}</span>
        {scores.length > 0 && <ScoreBar score={Math.max(...scores)} label={`Threat score of ${value}`} />}
        <CopyButton label="Copy the response as JSON" text={() => JSON.stringify(exchange.response, undefined, 2)} />
      </header>
      {found.map((result, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the results of a response keep their places
        <Enrichment key={place} result={result} />
      ))}
      {found.length === 0 && (
        <p className={styles.quiet}>
          {outcome === 'success' ? 'Nothing is known of it.' : (error?.message ?? `The request ended: ${outcome}.`)}
        </p>
      )}
    </li>
  );
}

function Enrichment({ result }: { readonly result: EnrichmentResult }) {
  const { enrichment_type, confidence = 'unknown', source_name, source_url, threat_score, enriched_data } = result;
  const seen = textOf(result.data_timestamp);
  return (
    <section className={styles.enrichment} aria-label={words(enrichment_type ?? 'enrichment')}>
      <div className={styles.line}>
        <strong>{words(enrichment_type ?? '')}</strong>
        {typeof threat_score === 'number' && <ScoreBar score={threat_score} label="Threat score" />}
        <Chip color={CONFIDENCE_COLORS[confidence] ?? 'var(--dim)'} title="How sure the source is">
          {confidence} confidence
        </Chip>
        {listOf(result.threat_categories).map((category) => (
          <Chip key={category} color="var(--high)" title="Threat category">
            {words(category)}
          </Chip>
        ))}
        {listOf(result.tags).map((tag) => (
          <Chip key={tag} title="Tag">
            {tag}
          </Chip>
        ))}
      </div>
      <p className={styles.source}>
        <Icon name="database" size={14} />
        {source_name || 'no source named'}
        {seen !== '' && <time dateTime={seen}>as of {seen.slice(0, 10)}</time>}
        {source_url && (
          <a href={source_url} target="_blank" rel="noreferrer">
            {source_url}
          </a>
        )}
      </p>
      {listOf(result.iocs).length > 0 && (
        <p className={styles.related}>
          <span className={styles.quiet}>Related</span> {listOf(result.iocs).join(', ')}
        </p>
      )}
      {Object.keys(enriched_data ?? {}).length > 0 && (
        <ValueTree label="What is known" value={enriched_data} depth={0} />
      )}
    </section>
  );
}
