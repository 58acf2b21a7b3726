/** `studio run`: one sample, or every file of a folder, through one plugin. */
import type { Run } from '@shared/contracts';
import { SEVERITIES, type Severity } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import { readAllowance } from './allow-arguments';
import { createCommandStudio } from './command-studio';
import { readAssignments } from './config-assignments';
import { EXIT } from './exit-codes';
import { sayFailure, sayWarnings } from './failure-lines';
import { createJsonReporter } from './json-reporter';
import { createProgress } from './progress';
import type { RunReporter } from './run-reporter';
import { openSampleArgument, type SampleArgument } from './sample-argument';
import { createSarifReporter } from './sarif-reporter';
import type { Terminal } from './terminal';
import { createTextReporter } from './text-reporter';

export const RUN_FORMATS = ['text', 'json', 'sarif'] as const;

export interface RunOptions {
  readonly sample: string;
  readonly targetType?: string;
  readonly config: readonly string[];
  /** Permissions, with hosts where it is the network. */
  readonly allow: readonly string[];
  readonly format: (typeof RUN_FORMATS)[number];
  readonly failOn?: Severity;
  /** In seconds, for each request. */
  readonly timeout?: number;
}

/** Returns the exit code, or undefined where it was stopped. Throws what keeps a run from beginning. */
export async function runCommand(
  pluginFolder: string,
  options: RunOptions,
  mainFolder: string,
  terminal: Terminal,
): Promise<number | undefined> {
  const config = readAssignments(options.config);
  const allowance = readAllowance(options.allow);
  const argument = await openSampleArgument(options.sample, terminal);
  const studio = await createCommandStudio(mainFolder, 'command-line', terminal, allowance);
  const progress = createProgress(terminal);
  const reporter = reporterFor(options.format, argument, terminal);
  const verdict = createVerdict(options.failOn);
  try {
    const { folder } = await studio.services.workspace.calls.openPlugin({ folder: pluginFolder });
    const { run, manifest, warningCount } = await studio.engine.runs.stream({
      folder,
      sample: argument.sample,
      wanted: options.targetType === undefined ? {} : { target_type: options.targetType },
      timeoutSeconds: options.timeout,
      config: Object.keys(config).length === 0 ? undefined : config,
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
    sayWarnings(run.warnings, warningCount, terminal);
    if (run.outcome === 'cancelled') return undefined;
    if (run.error !== undefined) sayFailure(run.error, terminal);
    return verdict.exitCode(run);
  } finally {
    progress.close();
    await studio.close();
  }
}

function reporterFor(
  format: RunOptions['format'],
  { sample, shownFolder, sarif }: SampleArgument,
  terminal: Terminal,
): RunReporter {
  if (format === 'json') return createJsonReporter(terminal, sample.isFolder);
  if (format === 'sarif') return createSarifReporter(terminal, sarif);
  return createTextReporter(terminal, shownFolder);
}

/** A plugin that failed on any file has not looked at all of them, so that comes before what it found. */
function createVerdict(failOn: Severity | undefined) {
  const limit = failOn === undefined ? -1 : SEVERITIES.indexOf(failOn);
  let hasFailed = false;
  let isOverLimit = false;
  return {
    note({ outcome, findings }: FileResult): void {
      hasFailed ||= outcome !== 'success';
      isOverLimit ||= findings.some(({ result }) => SEVERITIES.indexOf(result.severity) <= limit);
    },
    exitCode(run: Run): number {
      if (hasFailed || run.outcome !== 'success') return EXIT.pluginFailed;
      return isOverLimit ? EXIT.findings : EXIT.done;
    },
  };
}
