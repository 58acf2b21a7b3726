/** Writes the results of a run as they come; one for each --format. */
import type { Run } from '@shared/contracts';
import type { Manifest } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';

export interface RunReporter {
  file(result: FileResult): Promise<void>;
  end(run: Run, manifest: Manifest): Promise<void>;
}
