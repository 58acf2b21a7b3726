/** What the command line's exit code says to a script. */
import { isStudioError, type StudioError } from '@shared/errors';

export const EXIT = { done: 0, findings: 1, usage: 2, pluginFailed: 3 } as const;

/** A plugin that fails is told from a command that was wrong to begin with, such as one about an invalid manifest. */
export function exitCodeOf(error: unknown): number {
  if (!isStudioError(error)) return EXIT.pluginFailed;
  if (error.code === 'plugins/invalid-manifest') return EXIT.usage;
  return isOfPlugin(error) ? EXIT.pluginFailed : EXIT.usage;
}

/** The command was right, and the plugin is not. */
export const isOfPlugin = (error: unknown): error is StudioError =>
  isStudioError(error) && (error.code.startsWith('plugins/') || error.code === 'runs/bad-choices');
