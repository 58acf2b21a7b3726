/** How long calls took: a bar for each bucket, with its count. */
import type { PluginFigures } from '@shared/contracts';
import { latencyBars } from './model';
import styles from './plugins-panel.module.css';

export function LatencyHistogram({ latency }: Pick<PluginFigures, 'latency'>) {
  const bars = latencyBars(latency);
  if (bars.length === 0) return <p className={styles.dim}>How long calls take is shown once there was one.</p>;
  return (
    <ul className={styles.histogram} aria-label="Latency of calls">
      {bars.map(({ label, count, height }) => (
        <li key={label}>
          <span className={styles.dim}>{label}</span>
          <span className={styles.bar} style={{ width: `${height * 100}%` }} />
          <span>{count.toLocaleString('en')}</span>
        </li>
      ))}
    </ul>
  );
}
