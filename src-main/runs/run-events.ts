/**
 * Announces a run on the bus with the contract's types; its id is the correlation_id of all that belongs to it. Types
 * that the plugin's manifest names are the plugin's own to publish, as long as it lives.
 */
import { messageOf } from '@shared/errors';
import type { EventInput } from '@shared/schemas';
import type { EventBus } from '../bus/event-bus';
import type { SeatedPlugin } from './plugin-seat';
import type { RunRecord } from './run-record';
import { RUN_TYPES } from './types/run-types';

export function announceStart(bus: EventBus, record: RunRecord, plugin: SeatedPlugin): void {
  const { started } = RUN_TYPES[plugin.manifest.plugin_type].events;
  if (started === undefined || isPublishedBy(plugin, started)) return;
  publish(bus, record, plugin, { event_type: started, priority: 'low', data: {} });
}

export function announceEnd(bus: EventBus, record: RunRecord, plugin: SeatedPlugin): void {
  const { outcome, findingCount, durationMs, progress } = record.summary();
  const { plugin_type } = plugin.manifest;
  const { completed, failed } = RUN_TYPES[plugin_type].events;
  const { error } = record.read();
  const event_type = outcome === 'success' ? completed : failed;
  if (outcome !== 'crashed' && isPublishedBy(plugin, event_type)) return;
  const data = {
    outcome,
    [plugin_type === 'analyzer' ? 'findings' : 'results']: findingCount,
    duration_ms: Math.round(durationMs * 1000) / 1000,
    ...(progress?.unit === 'file' ? { files: progress.done } : {}),
    ...(error === undefined ? {} : { error: error.message }),
  };
  const priority = outcome === 'success' || outcome === 'cancelled' ? 'medium' : 'high';
  publish(bus, record, plugin, { event_type, priority, data });
}

const isPublishedBy = ({ manifest }: SeatedPlugin, eventType: string) =>
  manifest.capabilities?.event_types?.includes(eventType) === true;

function publish(bus: EventBus, record: RunRecord, { instance }: SeatedPlugin, event: EventInput): void {
  const { runId, sample } = record.identity;
  try {
    const told: EventInput = {
      ...event,
      source: instance.pluginId,
      source_id: instance.instanceId,
      source_type: 'plugin',
      correlation_id: runId,
      data: { run_id: runId, sample: sample.name, sample_id: sample.id, ...event.data },
    };
    bus.publish(told, runId);
  } catch (error) {
    // A subscriber that wants errors for a full queue gets them; the run is not its hostage.
    record.noteWarning('said', `${event.event_type} could not be published: ${messageOf(error)}`);
  }
}
