/** What the results of each type of plugins are called. */
import type { RunSummary } from '@shared/contracts';
import { formatCount } from '../ui/figures';

interface Words {
  readonly one: string;
  readonly several: string;
  /** Where a run that went well has none. */
  readonly none: string;
  readonly noneText: (sample: string) => string;
  /** Before the first run. */
  readonly invitation: (sample: string) => string;
}

type Type = RunSummary['pluginType'];

const EVENTS: Words = {
  one: 'event out',
  several: 'events out',
  none: 'Nothing follows',
  noneText: () => 'The plugin published nothing for these events.',
  invitation: (sample) => `Send the events of ${sample} to the plugin to see what it publishes.`,
};

const WORDS: Readonly<Record<Type, Words>> = {
  analyzer: {
    one: 'finding',
    several: 'findings',
    none: 'No findings',
    noneText: (sample) => `The plugin found nothing wrong in ${sample}.`,
    invitation: (sample) => `Run the plugin on ${sample} to see what it finds.`,
  },
  scanner: {
    one: 'finding',
    several: 'findings',
    none: 'No findings',
    noneText: () => 'The scan came to its end and found nothing.',
    invitation: (sample) => `Scan the targets of ${sample} to see what is found. Scan only what you may.`,
  },
  enricher: {
    one: 'enrichment',
    several: 'enrichments',
    none: 'Nothing is known',
    noneText: () => 'The plugin knows nothing of these indicators.',
    invitation: (sample) => `Ask the plugin what it knows of the indicators in ${sample}.`,
  },
  notifier: {
    one: 'delivery',
    several: 'deliveries',
    none: 'No deliveries',
    noneText: () => 'The plugin took the notification and named no delivery.',
    invitation: (sample) => `Send ${sample} to see what becomes of it on each channel.`,
  },
  processor: EVENTS,
  connector: EVENTS,
};

export const resultWords = (type: Type): Words => WORDS[type];

export const countResults = ({ pluginType, findingCount }: Pick<RunSummary, 'pluginType' | 'findingCount'>): string =>
  formatCount(findingCount, WORDS[pluginType].one, WORDS[pluginType].several);
