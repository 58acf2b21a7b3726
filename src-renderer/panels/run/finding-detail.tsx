/** One finding, whole: what is wrong, what shows it, how to mend it, and how sure the plugin is. */
import type { VulnerabilityResult } from '@shared/schemas';
import type { ReactNode } from 'react';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { IconButton } from '../../ui/icon-button';
import { Prose } from '../../ui/prose';
import { Severity } from '../../ui/severity';
import { ValueTree } from '../../ui/value-tree';
import { ChangeChip } from './finding-columns';
import styles from './finding-detail.module.css';
import type { FindingRow } from './finding-rows';

interface FindingDetailProps {
  readonly row: FindingRow;
  readonly onOpen: () => void;
}

const words = (name: string) => name.replaceAll('_', ' ');
const percent = (share: number) => `${Math.round(share * 100)} %`;

export function FindingDetail({ row, onOpen }: FindingDetailProps) {
  const { result } = row.finding;
  return (
    <section className={styles.root} aria-label="Finding detail">
      <header className={styles.head}>
        <h3 className={styles.title}>{result.title}</h3>
        <ChangeChip change={row.change} />
        <span className={styles.gap} />
        {row.change !== 'gone' && row.line !== undefined && (
          <IconButton icon="go-to-file" label="Open the place" keys="Enter" onClick={onOpen} />
        )}
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(result, undefined, 2)} />
      </header>
      <div className={styles.chips}>
        <Severity severity={row.severity} />
        {(result.cwe_ids ?? []).map((id) => (
          <Chip key={id}>{id}</Chip>
        ))}
        {(result.cve_ids ?? []).map((id) => (
          <Chip key={id}>{id}</Chip>
        ))}
        <Chip title="Type of weakness">{words(row.type)}</Chip>
        {(result.mitre_tactics ?? []).map((tactic) => (
          <Chip key={tactic} title="MITRE ATT&CK tactic">
            {words(tactic)}
          </Chip>
        ))}
        {(result.mitre_techniques ?? []).map((technique) => (
          <Chip key={technique} title="MITRE ATT&CK technique">
            {technique}
          </Chip>
        ))}
      </div>
      {text(result.description) !== undefined && <Prose className={styles.text} text={result.description ?? ''} />}
      <Evidence row={row} />
      {text(result.remediation) !== undefined && (
        <Part title="How to mend it">
          <Prose className={styles.text} text={result.remediation ?? ''} />
        </Part>
      )}
      <Figures result={result} />
      <References references={result.references ?? []} />
      {Object.keys(result.custom_fields ?? {}).length > 0 && (
        <Part title="Custom fields">
          <ValueTree label="Custom fields" value={result.custom_fields} depth={1} />
        </Part>
      )}
    </section>
  );
}

const text = (value: string | undefined) => (value === undefined || value.trim() === '' ? undefined : value);

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className={styles.part}>
    <h4 className={styles.partTitle}>{title}</h4>
    {children}
  </div>
);

function Evidence({ row }: { readonly row: FindingRow }) {
  const evidence = (row.finding.result.evidence ?? []).filter((piece) => piece.trim() !== '');
  if (evidence.length === 0) return undefined;
  const [first = '', ...others] = evidence;
  const lines = first.replace(/\n$/, '').split('\n');
  return (
    <figure className={styles.evidence} aria-label="Evidence">
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one piece never move
        <div key={place} className={styles.code}>
          {row.line !== undefined && <span className={styles.number}>{row.line + place}</span>}
          <code>{line}</code>
        </div>
      ))}
      {others.map((piece) => (
        <div key={piece} className={styles.code}>
          {row.line !== undefined && <span className={styles.number} />}
          <code>{piece}</code>
        </div>
      ))}
    </figure>
  );
}

function Figures({ result }: { readonly result: VulnerabilityResult }) {
  const figures: [string, string][] = [['Confidence', percent(result.confidence ?? 1)]];
  // Left out it means 0, which nobody has weighed.
  if (result.false_positive_risk !== undefined)
    figures.push(['False-positive risk', percent(result.false_positive_risk)]);
  if (result.cvss_score !== undefined && result.cvss_score !== null)
    figures.push(['CVSS', result.cvss_score.toFixed(1)]);
  const component = text(result.affected_component);
  if (component !== undefined) figures.push(['Affected', component]);
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** As text: what a plugin names is never opened from inside the window. */
function References({ references }: { readonly references: readonly string[] }) {
  if (references.length === 0) return undefined;
  return (
    <Part title="References">
      <ul className={styles.references}>
        {references.map((reference) => (
          <li key={reference}>
            <span>{reference}</span>
            <CopyButton label={`Copy ${reference}`} text={() => reference} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
