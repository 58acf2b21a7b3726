/**
 * What one scan publishes, in its order. A scan outlives the call that began it, so its later events carry the
 * correlation that the platform gave the first: whoever follows that one finds them all.
 */
import type { EventBus, EventInput } from 'mcp-plugin-sdk';

export interface ScanPublisher {
  /** The first event. */
  begin(event: EventInput): void;
  add(event: EventInput): void;
  /** @throws what the bus throws for one of them. */
  settled(): Promise<void>;
}

export function createScanPublisher(eventBus: EventBus): ScanPublisher {
  const publishing: Promise<unknown>[] = [];
  let correlation: Promise<string | undefined> = Promise.resolve(undefined);
  return {
    begin(event) {
      const first = eventBus.publish(event);
      correlation = first.then(
        ({ correlation_id }) => correlation_id ?? undefined,
        () => undefined,
      );
      publishing.push(first);
    },
    add(event) {
      publishing.push(
        correlation.then((id) => eventBus.publish(id === undefined ? event : { ...event, correlation_id: id })),
      );
    },
    async settled() {
      await Promise.all(publishing);
    },
  };
}
