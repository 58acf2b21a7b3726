/** Holds the plugin's process for the length of a run, and gets another one when it has died. */
import type { RunLimits } from '@shared/contracts';
import type { Manifest } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';
import { unlessCancelled } from './unless-cancelled';

export interface SeatedPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  release(): Promise<void>;
}

/** Builds when stale, starts or reuses the plugin's process, and returns the running instance. */
export type InstanceFor = (
  folder: string,
  config?: Record<string, unknown>,
  limits?: RunLimits,
) => Promise<SeatedPlugin>;

export interface PluginSeat {
  /**
   * The running plugin; started anew where the last one was given up, or where it has other limits than are asked for
   * now. Throws what instanceFor throws, and runs/cancelled at once when the signal is given: whatever was to come is
   * given up when it comes.
   *
   * @param own Limits of one request, on top of the run's; whichever is less holds.
   */
  take(own?: RunLimits): Promise<SeatedPlugin>;
  /** Gives up the process, such as after it died: the next take gets another. */
  leave(): Promise<void>;
  /** Of the process that is held; undefined where it was given up. */
  readonly instanceId: string | undefined;
}

export function createPluginSeat(
  instanceFor: InstanceFor,
  folder: string,
  config: Record<string, unknown> | undefined,
  signal: AbortSignal,
  ofRun: RunLimits = {},
): PluginSeat {
  let seated: SeatedPlugin | undefined;
  let seatedUnder = '';

  const seat = async (limits: RunLimits): Promise<SeatedPlugin> => {
    const coming = instanceFor(folder, config, limits);
    try {
      return await unlessCancelled(coming, signal);
    } catch (error) {
      // Nobody is left to hear how the start went on; the plugin's status tells.
      if (signal.aborted) coming.then(({ release }) => release()).catch(() => undefined);
      throw error;
    }
  };

  const leave = async () => {
    const left = seated;
    seated = undefined;
    await left?.release();
  };

  return {
    async take(own = {}) {
      const limits = lesserOf(ofRun, own);
      const key = JSON.stringify(limits);
      if (seated !== undefined && key !== seatedUnder) await leave();
      seated ??= await seat(limits);
      seatedUnder = key;
      return seated;
    },
    leave,
    get instanceId() {
      return seated?.instance.instanceId;
    },
  };
}

const LIMITS = ['memoryMb', 'cpuPercent', 'eventsPerSecond'] as const satisfies readonly (keyof RunLimits)[];

function lesserOf(a: RunLimits, b: RunLimits): RunLimits {
  const both = LIMITS.map((name) => [
    name,
    Math.min(a[name] ?? Number.POSITIVE_INFINITY, b[name] ?? Number.POSITIVE_INFINITY),
  ]);
  return Object.fromEntries(both.filter(([, limit]) => limit !== Number.POSITIVE_INFINITY));
}
