/** What came of a run, as the type of its plugin has it. */
import type { Run, Sample } from '@shared/contracts';
import { resultWords } from '../../../stores/result-words';
import { EmptyState } from '../../../ui/empty-state';
import { Findings } from '../findings';
import { Deliveries } from './deliveries';
import { Enrichments } from './enrichments';
import { EventFlow } from './event-flow';
import { ScanResult } from './scan-result';

interface RunResultProps {
  readonly run: Run;
  readonly sample: Sample;
}

export function RunResult({ run, sample }: RunResultProps) {
  switch (run.pluginType) {
    case 'analyzer':
      return run.findings.length + run.gone.length > 0 ? (
        <Findings run={run} sample={sample} />
      ) : (
        <NoResults run={run} sample={sample} />
      );
    case 'scanner':
      return (
        <ScanResult run={run}>
          {run.findings.length + run.gone.length > 0 ? (
            <Findings run={run} sample={sample} />
          ) : (
            <NoResults run={run} sample={sample} />
          )}
        </ScanResult>
      );
    case 'enricher':
      return run.exchanges.length > 0 ? <Enrichments run={run} /> : <NoResults run={run} sample={sample} />;
    case 'notifier':
      return run.findingCount > 0 ? <Deliveries run={run} /> : <NoResults run={run} sample={sample} />;
    case 'processor':
    case 'connector':
      return run.response === undefined ? <NoResults run={run} sample={sample} /> : <EventFlow run={run} />;
  }
}

function NoResults({ run, sample }: RunResultProps) {
  if (run.outcome !== 'success') return undefined;
  const words = resultWords(run.pluginType);
  return (
    <EmptyState icon="pass" title={words.none}>
      {words.noneText(sample.name)}
    </EmptyState>
  );
}
