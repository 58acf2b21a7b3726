/** Holds the plugin's process for the length of a run, and gets another one when it has died. */
import type { Manifest } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';
import { unlessCancelled } from './unless-cancelled';

export interface SeatedPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  release(): Promise<void>;
}

/** Builds when stale, starts or reuses the plugin's process, and returns the running instance. */
export type InstanceFor = (folder: string, config?: Record<string, unknown>) => Promise<SeatedPlugin>;

export interface PluginSeat {
  /**
   * The running plugin; started anew where the last one was given up. Throws what instanceFor throws, and
   * runs/cancelled at once when the signal is given: whatever was to come is given up when it comes.
   */
  take(): Promise<SeatedPlugin>;
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
): PluginSeat {
  let seated: SeatedPlugin | undefined;

  const seat = async (): Promise<SeatedPlugin> => {
    const coming = instanceFor(folder, config);
    try {
      return await unlessCancelled(coming, signal);
    } catch (error) {
      // Nobody is left to hear how the start went on; the plugin's status tells.
      if (signal.aborted) coming.then(({ release }) => release()).catch(() => undefined);
      throw error;
    }
  };

  return {
    async take() {
      seated ??= await seat();
      return seated;
    },
    async leave() {
      const left = seated;
      seated = undefined;
      await left?.release();
    },
    get instanceId() {
      return seated?.instance.instanceId;
    },
  };
}
