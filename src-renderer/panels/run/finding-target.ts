/** The place that a finding speaks of, as a tab that can be opened. */
import type { Run, Sample } from '@shared/contracts';
import type { EditorTarget } from '../../stores/workbench';
import type { FindingRow } from './finding-rows';

export function targetOfFinding(run: Run, sample: Sample, { file, line, column }: FindingRow): EditorTarget {
  return {
    kind: 'sample',
    folder: run.folder,
    sampleId: sample.id,
    ...(sample.kind === 'folder' && file !== '' ? { file } : {}),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
