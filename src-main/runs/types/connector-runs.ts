/** Runs of connectors, which have no method of their own: events reach them over the bus. */
import { processorRuns } from './processor-runs';
import type { RunType } from './run-type';

export const connectorRuns: RunType = {
  ...processorRuns,
  requestsOf: (sample, choices, wanted) =>
    processorRuns
      .requestsOf(sample, choices, wanted)
      .map(({ label, fields }) => ({ label, fields: { ...fields, delivery: 'bus' } })),
};
