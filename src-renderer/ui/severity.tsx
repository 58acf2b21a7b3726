/** A severity is always its word, with its colour beside it: never the colour alone. */
import styles from './severity.module.css';

/** The token that stands for a severity, as a CSS value. */
export const severityColor = (severity: string): string => {
  if (severity === 'error') return 'var(--critical)';
  if (severity === 'warning') return 'var(--medium)';
  return ['critical', 'high', 'medium', 'low'].includes(severity) ? `var(--${severity})` : 'var(--info)';
};

export function Severity({ severity, label = severity }: { readonly severity: string; readonly label?: string }) {
  return (
    <span className={styles.severity}>
      <span className={styles.mark} style={{ background: severityColor(severity) }} />
      {label}
    </span>
  );
}
