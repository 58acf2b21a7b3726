/** Kept runs as one SARIF 2.1.0 log, for tools that show or gate on findings. */
import type { Run } from '@shared/contracts';
import type { Manifest } from '@shared/schemas';
import type { RulesInfo } from './rules-info';
import { createSarifReport, type SarifOptions } from './sarif-report';
import { SARIF_SCHEMA, type SarifLog } from './sarif-types';

export function toSarif(
  runs: readonly Run[],
  manifest: Manifest,
  options: SarifOptions = {},
  rulesInfo?: RulesInfo,
): SarifLog {
  const report = createSarifReport(options);
  const results = runs.flatMap(({ findings }) => findings.map(report.result));
  return { $schema: SARIF_SCHEMA, version: '2.1.0', runs: [{ results, ...report.frame(runs, manifest, rulesInfo) }] };
}
