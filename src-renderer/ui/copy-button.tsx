/** Copies a text, and shows for a moment that it did. */
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button';

interface CopyButtonProps {
  readonly label: string;
  /** Asked only when it is copied. */
  readonly text: () => string;
  readonly disabled?: boolean;
  readonly icon?: string;
}

const SHOWN_FOR = 1200;

export function CopyButton({ label, text, disabled = false, icon = 'copy' }: CopyButtonProps) {
  const [result, setResult] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setResult('copied'),
      () => setResult('refused'),
    );
  };
  const shown = result === 'copied' ? 'check' : result === 'refused' ? 'error' : icon;
  return (
    <IconButton
      icon={shown}
      label={result === 'refused' ? 'The system refused to copy' : label}
      disabled={disabled}
      onClick={copy}
    />
  );
}
