/** What the command line's exit code says to a script. */
import { isStudioError } from '@shared/errors';

export const EXIT = { done: 0, findings: 1, usage: 2, pluginFailed: 3 } as const;

/** A plugin that fails is told from a command that was wrong to begin with, such as one about an invalid manifest. */
export function exitCodeOf(error: unknown): number {
  if (!isStudioError(error)) return EXIT.pluginFailed;
  const { code } = error;
  if (code === 'plugins/invalid-manifest') return EXIT.usage;
  return code.startsWith('plugins/') || code === 'runs/bad-choices' ? EXIT.pluginFailed : EXIT.usage;
}
