/** What a person reads who saves while the host is away. It is taken back with the code once the host is there again. */
import { StudioError } from '@shared/errors';

export const notSaved = (path: string, cause: unknown): StudioError =>
  new StudioError(
    'rpc/closed',
    `${path} is not saved: the window is not connected to the studio. What you typed is kept here. Save again once it is connected.`,
    { cause },
  );
