/**
 * What a run comes to for a script: its exit code, and what its results say besides. A plugin that failed on any file
 * has not looked at all of them, so that comes before what it found; a gate that nothing went through is not passed.
 */
import type { Run } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { SEVERITIES, type Severity } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import { EXIT } from './exit-codes';

export interface LoggedErrors {
  readonly count: number;
  readonly first?: string;
}

export interface RunVerdict {
  note(result: FileResult): void;
  readonly loggedErrors: LoggedErrors;
  /** @throws StudioError cli/nothing-examined where findings of nothing were to be judged */
  exitCode(run: Run): number;
}

export function createVerdict(failOn: Severity | undefined): RunVerdict {
  const limit = failOn === undefined ? -1 : SEVERITIES.indexOf(failOn);
  let noted = 0;
  let hasFailed = false;
  let isOverLimit = false;
  let loggedErrors: LoggedErrors = { count: 0 };
  return {
    note({ outcome, response, findings, logs }) {
      noted++;
      hasFailed ||= outcome !== 'success';
      // A notification that did not reach everybody.
      isOverLimit ||= hasFailedDelivery(response);
      isOverLimit ||= findings.some(({ result }) => SEVERITIES.indexOf(result.severity) <= limit);
      const errors = logs.filter(({ level }) => level === 'error');
      const first = loggedErrors.first ?? errors[0]?.message;
      loggedErrors = { count: loggedErrors.count + errors.length, ...(first === undefined ? {} : { first }) };
    },
    get loggedErrors() {
      return loggedErrors;
    },
    exitCode({ outcome, sampleName }) {
      if (hasFailed || outcome !== 'success') return EXIT.pluginFailed;
      if (failOn !== undefined && noted === 0) throw nothingExamined(sampleName);
      return isOverLimit ? EXIT.findings : EXIT.done;
    },
  };
}

const nothingExamined = (name: string) =>
  new StudioError(
    'cli/nothing-examined',
    `Nothing in ${name} was examined, so it cannot be said that there is nothing for --fail-on. Check what --sample names.`,
  );

function hasFailedDelivery(response: unknown): boolean {
  const { results } = (response ?? {}) as { results?: unknown };
  return Array.isArray(results) && results.some(({ success }: { success?: unknown }) => success === false);
}
