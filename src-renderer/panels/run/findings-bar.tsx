/** What of the findings is shown: by text, by severity, and against the run before. */
import { TextInput } from '@mantine/core';
import type { Run } from '@shared/contracts';
import { SEVERITIES, type Severity } from '@shared/schemas';
import { useMemo } from 'react';
import { Icon } from '../../ui/icon';
import { severityColor } from '../../ui/severity';
import { countFindings, type FindingFilter } from './finding-rows';
import styles from './findings.module.css';

interface FindingsBarProps {
  readonly run: Run;
  /** How many the filter lets through. */
  readonly shown: number;
  readonly filter: FindingFilter;
  readonly onFilter: (filter: FindingFilter) => void;
}

export function FindingsBar({ run, filter, onFilter }: FindingsBarProps) {
  const counts = useMemo(() => countFindings(run), [run]);
  const toggle = (severity: Severity) => {
    const severities = new Set(filter.severities);
    if (!severities.delete(severity)) severities.add(severity);
    onFilter({ ...filter, severities });
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label="Filter findings">
      <TextInput
        aria-label="Filter findings by text"
        placeholder="Filter"
        className={styles.filter ?? ''}
        leftSection={<Icon name="filter" size={14} />}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      {SEVERITIES.filter((severity) => counts.bySeverity[severity] > 0).map((severity) => (
        <button
          key={severity}
          type="button"
          className={styles.toggle}
          aria-pressed={filter.severities.has(severity)}
          aria-label={`${severity}: ${counts.bySeverity[severity]}`}
          title={`Only ${severity}`}
          onClick={() => toggle(severity)}
        >
          <span className={styles.mark} style={{ background: severityColor(severity) }} />
          {counts.bySeverity[severity].toLocaleString('en')}
        </button>
      ))}
      <span className={styles.gap} />
      {run.outcome === 'running' && (
        <span className={styles.same}>{run.findings.length.toLocaleString('en')} listed so far</span>
      )}
      {counts.compared && run.outcome !== 'running' && (
        <fieldset className={styles.comparison} aria-label="Compared with the run before">
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={filter.onlyNew}
            title="Only what the run before did not have"
            onClick={() => onFilter({ ...filter, onlyNew: !filter.onlyNew })}
          >
            {counts.new.toLocaleString('en')} new
          </button>
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={filter.showGone}
            title="Show what only the run before had"
            onClick={() => onFilter({ ...filter, showGone: !filter.showGone })}
          >
            {counts.gone.toLocaleString('en')} gone
          </button>
          <span className={styles.same}>{counts.same.toLocaleString('en')} same</span>
        </fieldset>
      )}
    </div>
  );
}
