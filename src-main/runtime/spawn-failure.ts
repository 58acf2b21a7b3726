/** Why a process could not even be started, with what a person can do about it. */
import { messageOf, StudioError } from '@shared/errors';

export interface SpawnPlace {
  readonly execPath: string;
  readonly folder: string;
}

const ADVICE: Record<string, string> = {
  EMFILE: 'The studio has as many files open as it may. Close plugins, or raise the limit (ulimit -n), and try again.',
  ENFILE: 'The machine has as many files open as it may. Close other programs, and try again.',
  EAGAIN: 'The machine has as many processes as it may. Close other programs or plugins, and try again.',
  ENOMEM: 'The machine has no memory left for it. Close other programs or plugins, and try again.',
};

function adviceFor(code: string, error: unknown, { execPath, folder }: SpawnPlace): string {
  if (code === 'ENOENT') return `${execPath} or ${folder} is gone. Start the studio again, or install it again.`;
  if (code === 'EACCES' || code === 'EPERM') {
    return `${execPath} may not be run, or ${folder} not be entered. Check their permissions.`;
  }
  return ADVICE[code] ?? `${messageOf(error)}. Start the studio again.`;
}

/** StudioError plugins/no-process (data: code, execPath, folder). */
export function spawnFailure(error: unknown, place: SpawnPlace): StudioError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
  const { execPath, folder } = place;
  return new StudioError(
    'plugins/no-process',
    `No process could be started (${code}). ${adviceFor(code, error, place)}`,
    {
      data: { code, execPath, folder },
      cause: error,
    },
  );
}
