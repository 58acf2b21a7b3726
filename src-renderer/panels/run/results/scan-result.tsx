/** A scan: how bad it is and its figures above what it found. */
import type { Run } from '@shared/contracts';
import type { ScanResponse } from '@shared/schemas';
import type { ReactNode } from 'react';
import styles from './results.module.css';
import { ScoreBar } from './score-bar';

/** The newest of the scan, as far as it keeps the contract. */
const scanOf = ({ response }: Run): Partial<ScanResponse> =>
  typeof response === 'object' && response !== null ? (response as Partial<ScanResponse>) : {};

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

export function ScanResult({ run, children }: { readonly run: Run; readonly children: ReactNode }) {
  const { result } = scanOf(run);
  const figures = Object.entries({ ...result?.statistics, ...result?.summary }).filter(([, value]) => isPlain(value));
  const risk = result?.risk_score;
  return (
    <div className={styles.root}>
      {(typeof risk === 'number' || figures.length > 0) && (
        <dl className={styles.figures} aria-label="Figures of the scan">
          {typeof risk === 'number' && (
            <div>
              <dt>Risk</dt>
              <dd>
                <ScoreBar score={risk} label={`Risk ${risk} of 10`} />
                {typeof result?.risk_level === 'string' && <span>{result.risk_level}</span>}
              </dd>
            </div>
          )}
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{name.replaceAll('_', ' ')}</dt>
              <dd>{typeof value === 'number' ? value.toLocaleString('en') : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className={styles.body}>{children}</div>
    </div>
  );
}
