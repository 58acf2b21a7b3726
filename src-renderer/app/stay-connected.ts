/** Keeps the window connected: when the host goes, it tries again, with longer pauses, until it is back. */
import type { Port, RpcClient } from '@shared/rpc';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

/** @param connect one attempt; what it rejects with only means that there is none yet. */
export function stayConnected(rpc: RpcClient, connect: () => Promise<Port>): void {
  let pause = FIRST_PAUSE;

  const attempt = () => {
    connect().then(
      (port) => {
        pause = FIRST_PAUSE;
        rpc.attach(port);
      },
      () => {
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
