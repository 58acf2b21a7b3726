/** Announces a run on the bus with the contract's types; its id is the correlation_id of all that belongs to it. */
import { messageOf } from '@shared/errors';
import type { EventInput } from '@shared/schemas';
import type { EventBus } from '../bus/event-bus';
import type { PluginInstance } from '../runtime/plugin-instance';
import type { RunRecord } from './run-record';

export function announceStart(bus: EventBus, record: RunRecord, instance: PluginInstance): void {
  publish(bus, record, instance, { event_type: 'analysis.started', priority: 'low', data: {} });
}

export function announceEnd(bus: EventBus, record: RunRecord, instance: PluginInstance): void {
  const { outcome, findingCount, durationMs, progress } = record.summary();
  const { error } = record.read();
  const data = {
    outcome,
    findings: findingCount,
    duration_ms: Math.round(durationMs * 1000) / 1000,
    ...(progress === undefined ? {} : { files: progress.done }),
    ...(error === undefined ? {} : { error: error.message }),
  };
  publish(
    bus,
    record,
    instance,
    outcome === 'success'
      ? { event_type: 'analysis.completed', priority: 'medium', data }
      : { event_type: 'analysis.failed', priority: outcome === 'cancelled' ? 'medium' : 'high', data },
  );
}

function publish(bus: EventBus, record: RunRecord, instance: PluginInstance, event: EventInput): void {
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
