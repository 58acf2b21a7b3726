/** A question or a form over the window. Escape leaves it, Enter sends its form, focus starts inside and goes back. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly submitLabel: string;
  readonly onSubmit: () => void;
  readonly canSubmit?: boolean;
  /** Draws the submitting button as something that cannot be undone. */
  readonly danger?: boolean;
  readonly width?: number;
  /** Buttons to the left of the answers. */
  readonly extra?: ReactNode;
}

export function Dialog({
  title,
  onClose,
  children,
  submitLabel,
  onSubmit,
  canSubmit = true,
  danger,
  width = 440,
  extra,
}: DialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={width}
      centered
      classNames={{
        title: styles.title ?? '',
        content: styles.content ?? '',
        header: styles.header ?? '',
        body: styles.body ?? '',
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canSubmit) onSubmit();
        }}
      >
        {children}
        <div className={styles.actions}>
          {extra}
          <span className={styles.gap} />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            data-autofocus
            variant="filled"
            disabled={!canSubmit}
            {...(danger === true ? { color: 'var(--critical)', c: 'var(--on-accent)' } : {})}
          >
            {submitLabel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
