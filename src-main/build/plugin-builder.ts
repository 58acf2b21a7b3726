/** Builds plugin folders. Each keeps its esbuild context until its entry point changes or the builder is closed. */
import type { EntryPoint } from '@shared/contracts';
import { type BuildOutcome, createFolderBuild, type FolderBuild } from './folder-build';

export interface PluginBuilder {
  /**
   * Never throws for what is wrong with the plugin: that is in the report. @param folder Real path.
   * @throws StudioError build/no-compiler; build/closed where the builder was closed before the build was done.
   */
  build(folder: string, entry: EntryPoint): Promise<BuildOutcome>;
  /** Stops what is being built. */
  close(): Promise<void>;
}

/** Whether one build is as good as the other. */
export const isSameEntry = (one: EntryPoint, other: EntryPoint) =>
  one.file === other.file && one.className === other.className;

/** @param options.sdkFile The SDK's bundle, which `mcp-plugin-sdk` stands for. */
export function createPluginBuilder({ sdkFile }: { sdkFile: string }): PluginBuilder {
  const builds = new Map<string, { entry: EntryPoint; current: FolderBuild }>();

  async function buildOf(folder: string, entry: EntryPoint): Promise<FolderBuild> {
    const known = builds.get(folder);
    if (known !== undefined && isSameEntry(known.entry, entry)) return known.current;
    const current = createFolderBuild(folder, entry, sdkFile);
    builds.set(folder, { entry, current });
    await known?.current.retire();
    return current;
  }

  return {
    async build(folder, entry) {
      return (await buildOf(folder, entry)).build();
    },
    async close() {
      const open = [...builds.values()];
      builds.clear();
      await Promise.all(open.map(({ current }) => current.close()));
    },
  };
}
