/** Shows on the standard error how far a run is: one line that is written over on a terminal, else a line now and then. */
import type { RunSummary } from '@shared/contracts';
import { plain } from './colours';
import type { Terminal } from './terminal';

export interface Progress {
  update(summary: RunSummary): void;
  /** Makes room for something else to be written. */
  clear(): void;
  close(): void;
}

const LINE_EVERY_MS = 2_000;
const CLEAR_LINE = '\r\u001b[2K';

export function createProgress(terminal: Terminal): Progress {
  let last: RunSummary | undefined;
  let isShown = false;
  const overwrite = (line: string) => {
    terminal.sayRaw(`${CLEAR_LINE}${line.slice(0, Math.max(0, (terminal.stderrColumns ?? 80) - 1))}`);
    isShown = true;
  };
  const clear = () => {
    if (isShown) terminal.sayRaw(CLEAR_LINE);
    isShown = false;
  };
  const isOnTerminal = terminal.stderrColumns !== undefined;
  const timer = isOnTerminal
    ? undefined
    : setInterval(() => last?.progress !== undefined && terminal.say(progressLine(last)), LINE_EVERY_MS);
  return {
    update(summary) {
      last = summary;
      if (isOnTerminal && summary.progress !== undefined) overwrite(progressLine(summary));
    },
    clear,
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

function progressLine({ progress, findingCount, pluginType }: RunSummary): string {
  const { done = 0, total = 0, current = '', unit = 'file' } = progress ?? {};
  const [one, several] = RESULTS[pluginType];
  const results = `${findingCount} ${findingCount === 1 ? one : several}`;
  const how = unit === 'percent' ? `${done} %` : `${done} of ${total} ${unit}s`;
  return `${how}, ${results}, ${plain(current)}`;
}

const RESULTS: Readonly<Record<RunSummary['pluginType'], readonly [string, string]>> = {
  analyzer: ['finding', 'findings'],
  scanner: ['finding', 'findings'],
  enricher: ['enrichment', 'enrichments'],
  notifier: ['delivery', 'deliveries'],
  processor: ['event out', 'events out'],
  connector: ['event out', 'events out'],
};
