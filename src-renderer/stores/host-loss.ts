/**
 * Tells the person what went with a host that died. Runs, events and logs live in the host's memory, so they are gone
 * though the window goes on; what was only a lost connection to a host that lives has cost nothing, and is not told.
 */
import { isStudioError } from '@shared/errors';
import type { StudioClient } from '../client/studio-client';
import { formatCount } from '../ui/figures';
import type { NoticeStore } from './notices';
import type { RunsStore } from './runs';

const KEPT = 'Files, configurations and what you typed are kept; plugins start again with the next run.';

/** @param runs and events that the host had. */
export function lossSentence(runs: number, events: number): string {
  const parts = [
    ...(runs === 0 ? [] : [formatCount(runs, 'run')]),
    ...(events === 0 ? [] : [formatCount(events, 'event')]),
  ];
  const gone =
    parts.length === 0
      ? 'It had no runs and no events yet'
      : `${parts.join(' and ')} from before ${runs + events === 1 ? 'is' : 'are'} gone, and so are their logs`;
  return `The studio’s host stopped and was started again. ${gone}. ${KEPT}`;
}

/** To be made before the stores that read anew on a reconnection, since it counts what they still have. */
export function tellOfHostLoss(
  client: Pick<StudioClient, 'studio' | 'events' | 'connection'>,
  runs: Pick<RunsStore, 'getState'>,
  { notify, report }: NoticeStore,
): void {
  let instance: string | undefined;
  let events = 0;
  let had = { runs: 0, events: 0 };

  const judge = async () => {
    try {
      const { instance: now } = await client.studio.info({});
      const isOther = instance !== undefined && instance !== now;
      instance = now;
      if (isOther) notify({ kind: 'warning', message: lossSentence(had.runs, had.events) });
    } catch (error) {
      // The connection is gone again; the next one asks anew.
      if (!isStudioError(error, 'rpc/closed')) throw error;
    }
  };

  client.events.on('didChange', ({ stats }) => {
    events = stats.stored;
  });
  client.connection.onDidChangeState.on((state) => {
    if (state !== 'closed') return;
    had = { runs: Object.values(runs.getState().summaries).flat().length, events };
    events = 0;
  });
  client.connection.onDidReconnect.on(() => void judge().catch(report));
  judge().catch(report);
}
