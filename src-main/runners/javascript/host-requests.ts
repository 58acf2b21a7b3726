/** Questions to the host and the promises that its replies settle. */
import type { HostMessage, RunnerMessage } from '@shared/contracts/runner-protocol';

type Question = Extract<
  RunnerMessage,
  { kind: 'publish' | 'subscribe' | 'unsubscribe' | 'list-subscriptions' | 'bus-metrics' | 'event-history' | 'access' }
>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** What the host refused. Named as the SDK's class, by which the plugin can catch it. */
class HostError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    /** As the SDK's errors have them. */
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

/** What the host's codes are in a plugin; all others are of the event bus. */
const CLASSES: Readonly<Record<string, string>> = {
  'capabilities/denied': 'SecurityError',
  'capabilities/timeout': 'TimeoutError',
  'capabilities/too-large': 'ResourceError',
  'capabilities/invalid': 'ValidationError',
  'capabilities/failed': 'PluginError',
  'studio/internal': 'PluginError',
};

const classOf = (code: string) => (Object.hasOwn(CLASSES, code) ? (CLASSES[code] ?? 'PluginError') : 'EventError');

export interface HostRequests {
  /** @param onAnswer Called before anything that the host said after its answer is looked at. */
  ask(question: WithoutId<Question>, onAnswer?: (value: unknown) => void): Promise<unknown>;
  settle(reply: Extract<HostMessage, { kind: 'reply' }>): void;
}

export function createHostRequests(send: (message: RunnerMessage) => void): HostRequests {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  return {
    ask(question, onAnswer) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const answer = (value: unknown) => {
          onAnswer?.(value);
          resolve(value);
        };
        waiting.set(id, { resolve: answer, reject });
        send({ ...question, id } as Question);
      });
    },
    settle({ id, value, error }) {
      const question = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) question?.resolve(value);
      else question?.reject(new HostError(classOf(error.code), error.message, harden(error.data ?? {})));
    },
  };
}
