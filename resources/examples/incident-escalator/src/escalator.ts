/**
 * Opens incidents for severe vulnerabilities. Events come over its subscription, or are handed to `process`; what
 * follows from one is published once, whichever way it came.
 */
import { type EventInput, type Health, ProcessorPlugin, type SecurityEvent } from 'mcp-plugin-sdk';
import { createIncidentDesk } from './incident-desk';
import { type IncidentEscalatorConfig, readSettings, type Settings } from './settings';

export class IncidentEscalator extends ProcessorPlugin<IncidentEscalatorConfig> {
  #settings: Settings = readSettings({});
  #subscriptionId: string | undefined;
  readonly #desk = createIncidentDesk(() => this.#settings);

  override async initialize(): Promise<void> {
    await this.#applySettings();
  }

  override async shutdown(): Promise<void> {
    await this.#unsubscribe();
  }

  /** Called after `config` has the new values. Incidents that are open stay so. */
  override async onConfigChanged(): Promise<void> {
    await this.#applySettings();
  }

  override async process(event: SecurityEvent): Promise<EventInput[]> {
    // What this plugin publishes must never come back to it, whatever the types in its configuration.
    if (event.source === this.pluginId) return [];
    const published = this.#desk.take(event);
    for (const { event_type, event_name } of published) this.logger.info(`${event_type}: ${event_name}`);
    return published;
  }

  override async healthCheck(): Promise<Health> {
    return { ...(await super.healthCheck()), ...this.#desk.figures() };
  }

  async #applySettings(): Promise<void> {
    this.#settings = readSettings(this.config);
    const { eventTypes, minSeverity } = this.#settings;
    const before = this.#subscriptionId;
    const subscription = await this.eventBus.subscribe(
      this.pluginId,
      async (event) => {
        for (const next of await this.process(event)) await this.eventBus.publish(next);
      },
      { event_types: [...eventTypes], min_priority: minSeverity, exclude_sources: [this.pluginId] },
      { subscription_name: 'severe findings', max_queue_size: 10_000 },
    );
    this.#subscriptionId = subscription.subscription_id;
    // Only now, so that nothing passes in between; what comes over both is taken once.
    if (before !== undefined) await this.eventBus.unsubscribe(before);
    this.logger.info(`Incidents are opened from severity ${minSeverity} up`);
  }

  async #unsubscribe(): Promise<void> {
    if (this.#subscriptionId === undefined) return;
    await this.eventBus.unsubscribe(this.#subscriptionId);
    this.#subscriptionId = undefined;
  }
}
