/** Quiet bars where rows will be. They appear only when loading takes longer than a moment. */
import { Delayed } from './delayed';
import styles from './skeleton.module.css';

const WIDTHS = ['72%', '54%', '63%', '40%', '58%', '47%'];

export function Skeleton({ rows = 4, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <Delayed>
      <div role="status" aria-label={label} className={styles.skeleton}>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
          <div key={row} className={styles.row}>
            <span className={styles.bar} style={{ width: WIDTHS[row % WIDTHS.length] }} />
          </div>
        ))}
      </div>
    </Delayed>
  );
}
