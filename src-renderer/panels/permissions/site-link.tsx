/** Where in the plugin's source something was asked for; a press opens it there. */
import type { CallSite } from '@shared/contracts';
import { useStores } from '../../stores/context';
import styles from './permissions-panel.module.css';

interface SiteLinkProps {
  readonly folder: string;
  readonly site: CallSite;
  /** Where another element takes the keys. */
  readonly tabIndex?: number;
}

export function SiteLink({ folder, site, tabIndex }: SiteLinkProps) {
  const { workbench } = useStores();
  const { file, line, column } = site;
  return (
    <button
      type="button"
      className={styles.link}
      title={`Open ${file} at line ${line}`}
      tabIndex={tabIndex}
      onClick={() => workbench.openEditor({ kind: 'file', folder, path: file, line, column })}
    >
      {file}:{line}
    </button>
  );
}
