/** Keeps the window connected: when the host goes, it tries again, with longer pauses, until it is back. */
import { isStudioError } from '@shared/errors';
import type { Port, RpcClient } from '@shared/rpc';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

/**
 * @param connect one attempt; what it rejects with means that there is none yet.
 * @param report hears once for each loss what a person has to do about it.
 */
export function stayConnected(rpc: RpcClient, connect: () => Promise<Port>, report: (error: unknown) => void): void {
  let pause = FIRST_PAUSE;
  let isReported = false;

  const attempt = () => {
    connect().then(
      (port) => {
        pause = FIRST_PAUSE;
        isReported = false;
        rpc.attach(port);
      },
      (error: unknown) => {
        if (isStudioError(error) && !isReported) {
          isReported = true;
          report(error);
        }
        setTimeout(attempt, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      },
    );
  };

  rpc.onDidChangeState.on((state) => {
    if (state === 'closed') attempt();
  });
  attempt();
}
