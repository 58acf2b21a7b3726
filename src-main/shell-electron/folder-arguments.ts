/** The plugin folders and the registry configuration on a command line of the desktop application, made absolute. */
import { resolve } from 'node:path';

/**
 * @param applicationFolder where the application is not packaged, the runtime gets it as a word, and plugin folders
 * are the words that follow it; a packaged one is called with nothing but plugin folders.
 */
export function foldersOfArguments(
  argv: readonly string[],
  workingDirectory: string,
  applicationFolder: string | undefined,
): string[] {
  const paths = argv
    .slice(1)
    .filter((word) => !word.startsWith('-'))
    .map((word) => resolve(workingDirectory, word));
  return applicationFolder === undefined ? paths : paths.slice(paths.indexOf(applicationFolder) + 1);
}

const REGISTRY_CONFIG = '--registry-config=';

/** In one word with its file, since every other word is a plugin folder. */
export function registryFileOfArguments(argv: readonly string[], workingDirectory: string): string | undefined {
  const word = argv.findLast((each) => each.startsWith(REGISTRY_CONFIG));
  return word === undefined ? undefined : resolve(workingDirectory, word.slice(REGISTRY_CONFIG.length));
}
