/** A score from 0 (harmless) to 10, as a bar in the colour of how bad that is, with its figure. */
import { severityColor } from '../../../ui/severity';
import { severityOfScore } from './result-models';
import styles from './results.module.css';

export function ScoreBar({ score, label }: { readonly score: number; readonly label: string }) {
  const share = Math.max(0, Math.min(10, score)) * 10;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a meter element cannot be set alike in all engines
    <span
      className={styles.score}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={10}
      aria-valuenow={score}
    >
      <span className={styles.scoreTrack}>
        <span style={{ width: `${share}%`, background: severityColor(severityOfScore(score)) }} />
      </span>
      <span className={styles.figure}>{score.toFixed(1)}</span>
    </span>
  );
}
