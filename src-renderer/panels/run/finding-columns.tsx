/** The columns of the findings' table: fewer where there is little room, since the title matters most. */

import { Chip } from '../../ui/chip';
import type { GridColumn } from '../../ui/grid-column';
import { Severity } from '../../ui/severity';
import type { FindingRow } from './finding-rows';
import styles from './findings.module.css';

const words = (name: string) => name.replaceAll('_', ' ');

const CHANGES = {
  new: { label: 'new', color: 'var(--ok)' },
  gone: { label: 'gone', color: 'var(--dim)' },
} as const;

export const ChangeChip = ({ change }: { readonly change: FindingRow['change'] }) =>
  change === 'new' || change === 'gone' ? (
    <Chip color={CHANGES[change].color}>{CHANGES[change].label}</Chip>
  ) : undefined;

const column = (id: string, title: string, width: string, render: GridColumn<FindingRow>['render']) =>
  ({ id, title, width, render, sortable: true }) satisfies GridColumn<FindingRow>;

const SEVERITY = column('severity', 'Severity', '84px', ({ severity }) => <Severity severity={severity} />);
/** What is new or gone is said before its title: a column of its own would move the others from run to run. */
const TITLE = column('title', 'Finding', 'minmax(130px, 2fr)', ({ title, change }) => (
  <span title={title} className={styles.finding}>
    <ChangeChip change={change} />
    <span data-gone={change === 'gone' || undefined} className={styles.title}>
      {title}
    </span>
  </span>
));
const TYPE = column('type', 'Type', 'minmax(84px, 0.8fr)', ({ type }) => (
  <span className={styles.quiet} title={words(type)}>
    {words(type)}
  </span>
));
const CWE = column('cwe', 'CWE', '54px', ({ cwe }) => (
  <span className={styles.mono} title={cwe}>
    {cwe}
  </span>
));
const LINE = column('location', 'Line', '48px', ({ line }) => <span className={styles.mono}>{line}</span>);
const PLACE = column('location', 'Location', 'minmax(120px, 1fr)', ({ file, line }) => (
  <span className={styles.place} title={`${file}:${line ?? ''}`}>
    <bdi>{line === undefined ? file : `${file}:${line}`}</bdi>
  </span>
));
const CONFIDENCE = column('confidence', 'Conf.', '52px', ({ confidence }) => (
  <span className={styles.mono}>{confidence.toFixed(2)}</span>
));
/** In pixels. A place takes more of it than a line. */
const ROOM_FOR_TYPE = 640;
const ROOM_FOR_TYPE_AND_PLACE = 800;

export const findingColumns = (isFolder: boolean, width: number): readonly GridColumn<FindingRow>[] => [
  SEVERITY,
  TITLE,
  ...(width >= (isFolder ? ROOM_FOR_TYPE_AND_PLACE : ROOM_FOR_TYPE) ? [TYPE] : []),
  CWE,
  isFolder ? PLACE : LINE,
  CONFIDENCE,
];
