/** The dot before a plugin's name or state; the word stands beside it. */
import styles from './state-dot.module.css';

export const StateDot = ({ color }: { readonly color: string }) => (
  <span aria-hidden="true" className={styles.dot} style={{ background: color }} />
);
