/** The name of a file, typed where it will stand. Enter takes it, Escape and leaving the field let it go. */
import { useEffect, useRef, useState } from 'react';
import { problemOfName } from './model';
import styles from './plugin-tree.module.css';

interface NameInputProps {
  readonly label: string;
  readonly initial: string;
  onName(name: string): void;
  onCancel(): void;
}

export function NameInput({ label, initial, onName, onCancel }: NameInputProps) {
  const [name, setName] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  const problem = name === '' ? undefined : problemOfName(name);

  useEffect(() => {
    const dot = initial.lastIndexOf('.');
    input.current?.focus();
    input.current?.setSelectionRange(0, dot > 0 ? dot : initial.length);
  }, [initial]);

  return (
    <input
      ref={input}
      aria-label={label}
      aria-invalid={problem !== undefined}
      title={problem}
      className={styles.input}
      value={name}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={onCancel}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && name !== '' && problem === undefined) onName(name);
      }}
    />
  );
}
