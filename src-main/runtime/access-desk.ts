/**
 * Takes what a plugin asks of the host's broker and hands the answers over, large ones one after the other: a process
 * that asks for much and reads slowly must not pile its answers up in the host.
 */
import type { RunnerMessage } from '@shared/contracts/runner-protocol';
import { StudioError, toWireError, type WireError } from '@shared/errors';
import type { Broker } from '../capabilities/broker';
import { callSiteIn } from '../capabilities/call-site';
import type { RunnerProcess } from './runner-process';
import type { StackMapper } from './stack-mapper';

type AccessMessage = Extract<RunnerMessage, { kind: 'access' }>;

export interface AccessDesk {
  handle(message: AccessMessage): void;
  /** Nothing that was asked for goes on. */
  close(): void;
}

export interface AccessDeskOptions {
  readonly broker: Broker | undefined;
  readonly runner: Pick<RunnerProcess, 'send' | 'drained'>;
  readonly mapStack: StackMapper;
  /** Stops the time of a call, or of all; the answer lets it go on. */
  readonly hold: (call: number | undefined) => () => void;
}

const noBroker = () =>
  new StudioError(
    'capabilities/denied',
    'This plugin was started without any capability. Open it in the studio to grant some.',
    { data: { reason: 'no-broker' } },
  );

export function createAccessDesk({ broker, runner, mapStack, hold }: AccessDeskOptions): AccessDesk {
  let handingOver: Promise<void> = Promise.resolve();
  let closed = false;

  const reply = (id: number, value: unknown) => {
    handingOver = handingOver.then(async () => {
      await runner.drained();
      if (!closed) runner.send({ kind: 'reply', id, value });
    });
  };

  /** At once: it is small, and what is not read of these is counted. */
  const refuse = (id: number, error: WireError) => {
    if (!closed) runner.send({ kind: 'reply', id, error });
  };

  async function perform({ operation, args, site, call }: AccessMessage): Promise<unknown> {
    if (broker === undefined) throw noBroker();
    return broker.perform(operation, args, {
      site: site === undefined ? undefined : callSiteIn(mapStack(site)),
      mayAnswer: () => handingOver.then(runner.drained),
      async hold(work) {
        const goOn = hold(call);
        return work().finally(goOn);
      },
    });
  }

  return {
    handle(message) {
      perform(message).then(
        (value) => reply(message.id, value),
        (error: unknown) => refuse(message.id, toWireError(error)),
      );
    },
    close() {
      closed = true;
    },
  };
}
