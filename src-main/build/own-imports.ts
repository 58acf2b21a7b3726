/**
 * Whether a bundle was made of the plugin's own files and the SDK alone, read from what esbuild says it took in. It
 * may say no without need: then the import guard decides. It never says yes where the guard would refuse.
 */
import { isAbsolute } from 'node:path';
import type { Message, Metafile } from 'esbuild';
import { isBuiltin, SDK } from './import-guard';

/** Neither outside of the folder nor made up, as the modules of `data:` addresses are. */
const isOwnFile = (path: string) => !path.startsWith('..') && !isAbsolute(path) && !/[:<]/.test(path);

/** @param sdkPath of the SDK's bundle, seen from the plugin folder and with slashes. */
export function hasOnlyOwnImports({ inputs }: Metafile, sdkPath: string): boolean {
  return Object.entries(inputs).every(
    ([path, { imports }]) =>
      path === sdkPath ||
      (isOwnFile(path) &&
        imports.every(({ path: target, original = target, external }) => {
          if (external === true || isBuiltin(original)) return false;
          return (target === sdkPath) === (original === SDK);
        })),
  );
}

/** Whether the guard may know better what is wrong: an import that leads out or nowhere, or an error in such a file. */
export const mayBeImportFailure = ({ text, location }: Message) =>
  text.startsWith('Could not resolve') || location === null || !isOwnFile(location.file);
