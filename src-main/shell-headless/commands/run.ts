/** `studio run`: one sample, or every file of a folder, through one plugin. */
import type { Run } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { type PluginType, SEVERITIES, type Severity } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import { readAllowance } from './allow-arguments';
import { callCommand } from './call-method';
import { createCommandStudio } from './command-studio';
import { readAssignments } from './config-assignments';
import { EXIT } from './exit-codes';
import { sayFailure, sayWarnings } from './failure-lines';
import { createJsonReporter } from './json-reporter';
import { keepHeapLean } from './lean-heap';
import { createProgress } from './progress';
import { createResultsReporter } from './results-reporter';
import { type RunOptions, runLimitsOf } from './run-options';
import type { RunReporter } from './run-reporter';
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
  const config = readAssignments(options.config);
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
  try {
    const { folder, pluginType } = await studio.services.workspace.calls.openPlugin({ folder: pluginFolder });
    refuseWithoutFindings(pluginType, options);
    const reporter = reporterFor(options.format, argument, terminal, pluginType);
    const { run, manifest } = await studio.engine.runs.stream({
      folder,
      sample: argument.sample,
      wanted: wantedBy(options),
      timeoutSeconds: options.timeout,
      config: Object.keys(config).length === 0 ? undefined : config,
      limits: runLimitsOf(options),
      signal: terminal.stopped,
      onProgress: progress.update,
      async onFileResult(result) {
        progress.clear();
        verdict.note(result);
        await reporter.file(result);
      },
    });
    progress.close();
    await reporter.end(run, manifest);
    sayWarnings(run, terminal);
    if (run.outcome === 'cancelled') return undefined;
    if (run.error !== undefined) sayFailure(run.error, terminal);
    return verdict.exitCode(run);
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

function hasFailedDelivery(response: unknown): boolean {
  const { results } = (response ?? {}) as { results?: unknown };
  return Array.isArray(results) && results.some(({ success }: { success?: unknown }) => success === false);
}

/** A plugin that failed on any file has not looked at all of them, so that comes before what it found. */
function createVerdict(failOn: Severity | undefined) {
  const limit = failOn === undefined ? -1 : SEVERITIES.indexOf(failOn);
  let hasFailed = false;
  let isOverLimit = false;
  return {
    note({ outcome, response, findings }: FileResult): void {
      hasFailed ||= outcome !== 'success';
      // A notification that did not reach everybody.
      isOverLimit ||= hasFailedDelivery(response);
      isOverLimit ||= findings.some(({ result }) => SEVERITIES.indexOf(result.severity) <= limit);
    },
    exitCode(run: Run): number {
      if (hasFailed || run.outcome !== 'success') return EXIT.pluginFailed;
      return isOverLimit ? EXIT.findings : EXIT.done;
    },
  };
}
