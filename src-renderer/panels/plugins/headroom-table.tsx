/** How near the plugin came to each of its limits. */
import type { Headroom } from '@shared/contracts';
import { SHORT_SOURCES, SOURCE_WORDS } from '../../stores/limit-words';
import { formatFigure, limitText, share } from './model';
import styles from './plugins-panel.module.css';

const NAMES: Readonly<Record<Headroom['kind'], string>> = {
  time: 'Time of a call',
  memory: 'Memory',
  cpu: 'Processor',
  events: 'Events out',
};

export const HeadroomTable = ({ headroom }: { readonly headroom: readonly Headroom[] }) => (
  <table className={styles.table} aria-label="Headroom">
    <thead>
      <tr>
        {['Limit', 'May', 'From', 'p50', 'p95', 'Most', 'Taken'].map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {headroom.map((row) => (
        <Row key={row.kind} row={row} />
      ))}
    </tbody>
  </table>
);

function Row({ row }: { readonly row: Headroom }) {
  const { kind, unit, from, p50, p95, max } = row;
  const may = limitText(row);
  const taken = share(row);
  return (
    <tr>
      <th scope="row">{NAMES[kind]}</th>
      <td title={may.why}>{may.text}</td>
      <td title={SOURCE_WORDS[from]}>{SHORT_SOURCES[from]}</td>
      {[p50, p95, max].map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: there are always these three
        <td key={at}>{formatFigure(unit, value)}</td>
      ))}
      <td>
        {taken === undefined ? (
          ''
        ) : (
          <span className={styles.taken}>
            <meter min={0} max={1} high={0.8} value={taken} aria-label={`${NAMES[kind]} taken`} />
            {Math.round(taken * 100)} %
          </span>
        )}
      </td>
    </tr>
  );
}
