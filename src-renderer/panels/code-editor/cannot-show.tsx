/** In place of a text that cannot be shown: what the file is, and what can be done. */
import { Button } from '@mantine/core';
import { fileName } from '../../editor/document-uri';
import { EmptyState } from '../../ui/empty-state';
import { whyNotShown } from './why-not-shown';

interface CannotShowProps {
  readonly folder: string;
  readonly path: string;
  readonly error: unknown;
  onRetry(): void;
  onClose(): void;
}

export function CannotShow({ folder, path, error, onRetry, onClose }: CannotShowProps) {
  const { icon, title, message, mayPass } = whyNotShown(fileName(path), error);
  return (
    <EmptyState
      icon={icon}
      title={title}
      actions={
        <>
          {mayPass ? (
            <Button onClick={onRetry}>Try again</Button>
          ) : (
            <Button onClick={() => void navigator.clipboard.writeText(`${folder}/${path}`)}>Copy path</Button>
          )}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {message}
    </EmptyState>
  );
}
