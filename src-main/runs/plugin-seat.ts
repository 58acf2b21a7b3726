/** Holds the plugin's process for the length of a run, and gets another one when it has died. */
import { StudioError } from '@shared/errors';
import type { Manifest } from '@shared/schemas';
import type { PluginInstance } from '../runtime/plugin-instance';

export interface SeatedPlugin {
  readonly instance: PluginInstance;
  readonly manifest: Manifest;
  release(): Promise<void>;
}

/** Builds when stale, starts or reuses the plugin's process, and returns the running instance. */
export type InstanceFor = (folder: string, config?: Record<string, unknown>) => Promise<SeatedPlugin>;

export interface PluginSeat {
  /** The running plugin; started anew where the last one was given up. Throws what instanceFor throws. */
  take(): Promise<SeatedPlugin>;
  /** Gives up the process, such as after it died: the next take gets another. */
  leave(): Promise<void>;
}

export function createPluginSeat(
  instanceFor: InstanceFor,
  folder: string,
  config: Record<string, unknown> | undefined,
): PluginSeat {
  let seated: SeatedPlugin | undefined;
  return {
    async take() {
      seated ??= await instanceFor(folder, config);
      if (seated.manifest.plugin_type === 'analyzer') return seated;
      const { name, plugin_type } = seated.manifest;
      throw new StudioError(
        'runs/not-an-analyzer',
        `${name} is of the type ${plugin_type}; samples are analysed by plugins of the type analyzer. Set plugin_type in plugin.json, or open an analyzer.`,
      );
    },
    async leave() {
      const left = seated;
      seated = undefined;
      await left?.release();
    },
  };
}
