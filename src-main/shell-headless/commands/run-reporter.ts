/** Writes the results of a run as they come; one for each --format. */
import type { Run } from '@shared/contracts';
import type { WireError } from '@shared/errors';
import type { Manifest } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import type { RulesInfo } from '../../runs/rules-info';

export interface RunAbout {
  readonly loggedErrors: number;
  /** What the plugin tells of its rules, where the report has room for it. */
  readonly rulesInfo?: RulesInfo | undefined;
}

export interface RunReporter {
  file(result: FileResult): Promise<void>;
  /** Whether what it has written says to a person what went wrong. */
  hasTold?(error: WireError): boolean;
  /** @param about.loggedErrors lines that the plugin logged as errors */
  end(run: Run, manifest: Manifest, about: RunAbout): Promise<void>;
}
