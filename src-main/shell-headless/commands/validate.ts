/** `studio validate`: every check of plugin.json, without running anything of the plugin. */
import { resolve } from 'node:path';
import { checkManifest } from '../../manifest/check-manifest';
import { diagnosticLines } from './diagnostic-lines';
import { EXIT } from './exit-codes';
import type { Terminal } from './terminal';

export const VALIDATE_FORMATS = ['text', 'json'] as const;

export interface ValidateOptions {
  readonly format: (typeof VALIDATE_FORMATS)[number];
}

/** Returns the exit code: usage where there is an error; warnings alone are fine. */
export async function validateCommand(
  pluginFolder: string,
  options: ValidateOptions,
  terminal: Terminal,
): Promise<number> {
  const folder = resolve(terminal.currentFolder, pluginFolder);
  const { diagnostics, entry } = await checkManifest(folder);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const isValid = errors === 0;
  if (options.format === 'json') {
    await terminal.write(
      `${JSON.stringify({ valid: isValid, diagnostics, ...(entry === undefined ? {} : { entry }) }, undefined, 2)}\n`,
    );
  } else {
    const lines = diagnosticLines(diagnostics);
    const warnings = diagnostics.length - errors;
    const verdict = isValid ? 'plugin.json is valid' : `plugin.json is not valid: ${count(errors, 'error')}`;
    await terminal.write(
      `${[...lines, warnings > 0 ? `${verdict}, ${count(warnings, 'warning')}` : verdict].join('\n')}\n`,
    );
  }
  return isValid ? EXIT.done : EXIT.usage;
}

const count = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? '' : 's'}`;
