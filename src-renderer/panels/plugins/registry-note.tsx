/** Which registry configuration holds for all plugins, and what is wrong with it. */
import type { RegistryState } from '@shared/contracts';
import { Icon } from '../../ui/icon';
import styles from './plugins-panel.module.css';

interface RegistryProps {
  readonly registry: RegistryState;
}

export function RegistryProblem({ registry: { problem, inForce } }: RegistryProps) {
  if (problem === undefined) return null;
  return (
    <div role="status" className={styles.note} data-tone="error">
      <Icon name="error" />
      <div>
        {problem} {inForce === 'last-good' ? 'What it said before holds.' : 'What is built in holds.'}
      </div>
    </div>
  );
}

export function RegistryNote({ registry: { file, inForce, warnings, unused } }: RegistryProps) {
  return (
    <>
      <p className={styles.dim}>
        {inForce === 'none' ? (
          <>
            Write <code>{file}</code> to set limits and permissions for all plugins.
          </>
        ) : (
          <>
            Registry configuration: <code>{file}</code>
          </>
        )}
      </p>
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      {unused.length > 0 && (
        <p className={styles.dim}>Of no effect before the registry is served: {unused.join(', ')}.</p>
      )}
    </>
  );
}
