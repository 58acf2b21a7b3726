/** How each type of plugins is run. */
import type { PluginType } from '@shared/schemas';
import { analyzerRuns } from './analyzer-runs';
import { connectorRuns } from './connector-runs';
import { enricherRuns } from './enricher-runs';
import { notifierRuns } from './notifier-runs';
import { processorRuns } from './processor-runs';
import type { RunType } from './run-type';
import { scannerRuns } from './scanner-runs';

export const RUN_TYPES: Readonly<Record<PluginType, RunType>> = {
  analyzer: analyzerRuns,
  enricher: enricherRuns,
  scanner: scannerRuns,
  notifier: notifierRuns,
  processor: processorRuns,
  connector: connectorRuns,
};
