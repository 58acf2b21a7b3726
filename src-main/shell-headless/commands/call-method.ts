/** `studio run --method`: one method of the contract, by its wire name. */
import { messageOf, StudioError, toWireError } from '@shared/errors';
import { readAllowance } from './allow-arguments';
import { createCommandStudio } from './command-studio';
import { readAssignments } from './config-assignments';
import { EXIT, isOfPlugin } from './exit-codes';
import { sayFailure } from './failure-lines';
import { type RunOptions, runLimitsOf } from './run-options';
import type { Terminal } from './terminal';

/** Returns the exit code, or undefined where it was stopped. Throws what keeps the plugin from starting. */
export async function callCommand(
  pluginFolder: string,
  method: string,
  options: RunOptions,
  mainFolder: string,
  terminal: Terminal,
): Promise<number | undefined> {
  const args = readArguments(options.args);
  if (options.sample !== undefined) {
    throw new StudioError('cli/method-and-sample', '--method calls a method, --sample runs a sample. Say one of them.');
  }
  if (options.format === 'sarif') {
    throw new StudioError('cli/no-findings', '--format sarif is for findings. Use text or json for a method.');
  }
  const config = readAssignments(options.config);
  const limits = runLimitsOf(options);
  const studio = await createCommandStudio(mainFolder, 'command-line', terminal, {
    allowance: readAllowance(options.allow),
    registryConfig: options.registryConfig,
  });
  const begun = performance.now();
  let isOpened = false;
  const writeJson = (outcome: object, durationMs: number) =>
    terminal.write(`${JSON.stringify({ method, args, ...outcome, duration_ms: round(durationMs) }, undefined, 2)}\n`);
  try {
    const { folder } = await studio.services.workspace.calls.openPlugin({ folder: pluginFolder });
    isOpened = true;
    const { value, error, durationMs } = await studio.engine.runs.callMethod({
      folder,
      method,
      args,
      timeoutSeconds: options.timeout,
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...(limits === undefined ? {} : { limits }),
      signal: terminal.stopped,
    });
    if (terminal.stopped.aborted) return undefined;
    if (options.format === 'json')
      await writeJson(error === undefined ? { value: value ?? null } : { error }, durationMs);
    else if (error === undefined) await terminal.write(`${JSON.stringify(value ?? null, undefined, 2)}\n`);
    if (error === undefined) return EXIT.done;
    sayFailure(error, terminal);
    return EXIT.pluginFailed;
  } catch (error) {
    if (options.format === 'json' && isOpened && isOfPlugin(error) && !terminal.stopped.aborted) {
      await writeJson({ error: toWireError(error) }, performance.now() - begun);
    }
    throw error;
  } finally {
    await studio.close();
  }
}

const round = (durationMs: number) => Math.round(durationMs * 1000) / 1000;

/** Throws cli/bad-args. */
function readArguments(text: string | undefined): unknown[] {
  if (text === undefined) return [];
  const wanted = 'Write a JSON list, such as --args \'["scan-1"]\'.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StudioError('cli/bad-args', `--args is not JSON: ${messageOf(error)}. ${wanted}`);
  }
  if (Array.isArray(value)) return value;
  throw new StudioError('cli/bad-args', `--args is no list. ${wanted}`);
}
