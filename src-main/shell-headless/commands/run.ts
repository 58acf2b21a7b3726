/** `studio run`: one sample, or every file of a folder, through one plugin. */
import { StudioError } from '@shared/errors';
import type { PluginType } from '@shared/schemas';
import type { PluginSession } from '../../services/plugin-session';
import { readAllowance } from './allow-arguments';
import { askForRules } from './ask-for-rules';
import { callCommand } from './call-method';
import { createCommandStudio } from './command-studio';
import { readAssignments } from './config-assignments';
import { isOfPlugin } from './exit-codes';
import { sayFailure, sayLoggedErrors, sayPlace, sayWarnings } from './failure-lines';
import { createJsonReporter } from './json-reporter';
import { keepHeapLean } from './lean-heap';
import { createProgress } from './progress';
import { refusedRunText } from './refused-run';
import { createResultsReporter } from './results-reporter';
import { type RunOptions, runLimitsOf } from './run-options';
import type { RunReporter } from './run-reporter';
import { createVerdict } from './run-verdict';
import { openSampleArgument, type SampleArgument } from './sample-argument';
import { createSarifReporter } from './sarif-reporter';
import type { Terminal } from './terminal';
import { createTextReporter } from './text-reporter';

/** Returns the exit code, or undefined where it was stopped. Throws what keeps a run from beginning. */
export async function runCommand(
  pluginFolder: string,
  options: RunOptions,
  mainFolder: string,
  terminal: Terminal,
): Promise<number | undefined> {
  const assigned = readAssignments(options.config);
  const config = Object.keys(assigned).length === 0 ? undefined : assigned;
  const allowance = readAllowance(options.allow);
  const { registryConfig } = options;
  if (options.method !== undefined) return callCommand(pluginFolder, options.method, options, mainFolder, terminal);
  if (options.sample === undefined) {
    throw new StudioError(
      'cli/no-sample',
      'Say what to run on with --sample <path>, or what to call with --method <name>.',
    );
  }
  keepHeapLean();
  const argument = await openSampleArgument(options.sample, terminal, options.sampleName);
  const studio = await createCommandStudio(mainFolder, 'command-line', terminal, { allowance, registryConfig });
  const progress = createProgress(terminal);
  const verdict = createVerdict(options.failOn);
  const limits = runLimitsOf(options);
  const begun = performance.now();
  let opened: PluginSession | undefined;
  try {
    const { folder, pluginType } = await studio.services.workspace.calls.openPlugin({ folder: pluginFolder });
    opened = studio.engine.plugins.session(folder);
    refuseWithoutFindings(pluginType, options);
    const reporter = reporterFor(options.format, argument, terminal, pluginType);
    const { run, manifest } = await studio.engine.runs.stream({
      folder,
      sample: argument.sample,
      wanted: wantedBy(options),
      timeoutSeconds: options.timeout,
      config,
      limits,
      signal: terminal.stopped,
      onProgress: progress.update,
      async onFileResult(result) {
        progress.clear();
        verdict.note(result);
        await reporter.file(result);
      },
    });
    progress.close();
    const { loggedErrors } = verdict;
    const rulesInfo =
      options.format === 'sarif' ? await askForRules(studio, run, { config, limits }, terminal) : undefined;
    await reporter.end(run, manifest, { loggedErrors: loggedErrors.count, rulesInfo });
    sayWarnings(run, terminal);
    sayLoggedErrors(loggedErrors, terminal);
    if (run.outcome === 'cancelled') return undefined;
    if (run.error !== undefined) (reporter.hasTold?.(run.error) ? sayPlace : sayFailure)(run.error, terminal);
    return verdict.exitCode(run);
  } catch (error) {
    if (options.format === 'json' && isOfPlugin(error) && opened !== undefined && !terminal.stopped.aborted) {
      await terminal.write(refusedRunText(error, opened, argument.sample.sample.name, performance.now() - begun));
    }
    throw error;
  } finally {
    progress.close();
    await studio.close();
  }
}

function wantedBy({ targetType, dataType, scanType, profile, channel }: RunOptions): Record<string, unknown> {
  return {
    ...(targetType === undefined ? {} : { target_type: targetType }),
    ...(dataType === undefined ? {} : { data_type: dataType }),
    ...(scanType === undefined ? {} : { scan_type: scanType }),
    ...(profile === undefined ? {} : { scan_profile: profile }),
    ...(channel.length === 0 ? {} : { channels: [...channel] }),
  };
}

function refuseWithoutFindings(type: PluginType | undefined, { format, failOn }: RunOptions): void {
  if (type === undefined || type === 'analyzer' || type === 'scanner') return;
  const option = format === 'sarif' ? '--format sarif' : failOn === undefined ? undefined : '--fail-on';
  if (option === undefined) return;
  throw new StudioError(
    'cli/no-findings',
    `${option} is for findings, which plugins of the type ${type} do not have. Use --format json, and read its response.`,
  );
}

function reporterFor(
  format: RunOptions['format'],
  { sample, shownFolder, sarif }: SampleArgument,
  terminal: Terminal,
  type: PluginType | undefined,
): RunReporter {
  if (format === 'json') return createJsonReporter(terminal, sample.isFolder);
  if (format === 'sarif') return createSarifReporter(terminal, sarif);
  if (type === 'enricher' || type === 'notifier' || type === 'processor' || type === 'connector') {
    return createResultsReporter(terminal, type);
  }
  return createTextReporter(terminal, type === 'scanner' ? '' : shownFolder);
}
