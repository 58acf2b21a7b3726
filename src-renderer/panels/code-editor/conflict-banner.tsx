/** What to do about a file that changed under a text with changes of its own. */
import { Button } from '@mantine/core';
import { fileName } from '../../editor/document-uri';
import { useStores } from '../../stores/context';
import type { Conflict, OpenDocument } from '../../stores/documents';
import { Icon } from '../../ui/icon';
import styles from './conflict-banner.module.css';

interface ConflictBannerProps {
  readonly document: OpenDocument;
  readonly conflict: Conflict;
  readonly comparing: boolean;
  onCompare(): void;
  onClose(): void;
}

export function ConflictBanner({ document, conflict, comparing, onCompare, onClose }: ConflictBannerProps) {
  const { documents, notices } = useStores();
  const { uri, path, saving } = document;
  const keepMine = () => void documents.keepMine(uri).catch(notices.report);
  const takeTheirs = () => void documents.takeTheirs(uri).catch(notices.report);
  return (
    <div role="alert" className={styles.banner}>
      <Icon name="warning" color="var(--medium)" />
      {conflict.kind === 'changed' ? (
        <>
          <span className={styles.message}>{fileName(path)} has changed on disk, and you have unsaved changes.</span>
          <Button disabled={saving} onClick={keepMine}>
            Keep mine
          </Button>
          <Button disabled={saving} onClick={takeTheirs}>
            Take theirs
          </Button>
          <Button aria-pressed={comparing} onClick={onCompare}>
            {comparing ? 'Stop comparing' : 'Compare'}
          </Button>
        </>
      ) : (
        <>
          <span className={styles.message}>{fileName(path)} has been deleted on disk. Its text is only here now.</span>
          <Button disabled={saving} onClick={keepMine}>
            Save it again
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      )}
    </div>
  );
}
