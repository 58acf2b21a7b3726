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

function progressLine({ progress, findingCount }: RunSummary): string {
  const { done = 0, total = 0, current = '' } = progress ?? {};
  const findings = findingCount === 1 ? '1 finding' : `${findingCount} findings`;
  return `${done} of ${total} files, ${findings}, ${plain(current)}`;
}
