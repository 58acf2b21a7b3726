/** The builds of one opened plugin. What is wrong with the plugin becomes problems; every build is told. */
import type { BuildReport, EntryPoint, ManifestReport } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type Listenable } from '@shared/rpc';
import type { Manifest } from '@shared/schemas';
import { isSameEntry, type PluginBuilder } from '../build/plugin-builder';
import { readManifest } from '../manifest/read-manifest';
import type { Artifact } from '../runtime/artifact';
import type { PluginProblems } from './plugin-problems';

export interface BuiltPlugin {
  readonly manifest: Manifest;
  readonly artifact: Artifact;
}

export interface PluginBuild {
  /** Where the manifest is refused there is nothing to build, and the report has what is wrong with it. */
  build(): Promise<BuildReport>;
  /** @throws StudioError plugins/build-failed (data: {diagnostics}), plugins/invalid-manifest. */
  buildOrThrow(): Promise<BuiltPlugin>;
  /** Whether a build would read something else of this manifest than the one before did. */
  isOutdated(report: ManifestReport): boolean;
  /** What the last build made; undefined where it made nothing. */
  newest(): BuiltPlugin | undefined;
  readonly onDidBuild: Listenable<BuildReport>;
}

export interface PluginBuildOptions {
  readonly folder: string;
  readonly builder: PluginBuilder;
  readonly problems: PluginProblems;
  /** The manifest when the plugin was opened. */
  readonly report: ManifestReport;
  readonly onError: (error: unknown) => void;
}

/** What a build reads of a manifest; undefined where it refuses it. */
function whatIsRead({ diagnostics, document, entry }: ManifestReport): string | undefined {
  if (entry === undefined || diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  return JSON.stringify([entry.file, entry.className, entry.language, document?.name, document?.version]);
}

export function createPluginBuild({ folder, builder, problems, report, onError }: PluginBuildOptions): PluginBuild {
  const didBuild = createEmitter<BuildReport>(onError);
  let read = whatIsRead(report);
  let newest: BuiltPlugin | undefined;
  let lastEntry: EntryPoint | undefined;

  /** Most builds are of the entry point before: so it is built while the manifest is read. */
  const buildEarly = () => {
    if (lastEntry === undefined) return undefined;
    const entry = lastEntry;
    const built = builder.build(folder, entry);
    // Where the manifest is refused, nobody asks what came of it.
    built.catch(() => undefined);
    return { entry, built };
  };

  const buildAll = async () => {
    const early = buildEarly();
    const { manifest, entry, report: found } = await readManifest(folder);
    read = whatIsRead(found);
    lastEntry = entry;
    const built = await (early !== undefined && isSameEntry(early.entry, entry)
      ? early.built
      : builder.build(folder, entry));
    newest = built.artifact === undefined ? undefined : { manifest, artifact: built.artifact };
    problems.replace('build', built.report.diagnostics);
    didBuild.emit(built.report);
    return { manifest, report: built.report, artifact: built.artifact };
  };

  /** What was built before stays the newest while this goes on: a process may just be about to be started from it. */
  const buildNext = () =>
    buildAll().catch((error: unknown) => {
      newest = undefined;
      throw error;
    });

  return {
    async build() {
      try {
        return (await buildNext()).report;
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
        read = undefined;
        problems.replace('build', []);
        const diagnostics = error.code === 'plugins/invalid-manifest' ? diagnosticsOf(error) : [];
        return { folder, ok: false, durationMs: 0, bytes: 0, diagnostics };
      }
    },
    async buildOrThrow() {
      const { manifest, artifact, report: built } = await buildNext();
      if (artifact !== undefined) return { manifest, artifact };
      throw buildFailed(manifest.name, built);
    },
    newest: () => newest,
    isOutdated(found) {
      const wanted = whatIsRead(found);
      return wanted !== undefined && wanted !== read;
    },
    onDidBuild: didBuild,
  };
}

const diagnosticsOf = ({ data }: StudioError) => data.diagnostics as BuildReport['diagnostics'];

function buildFailed(name: string, { diagnostics }: BuildReport): StudioError {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const { file, range } = first ?? {};
  const why =
    first === undefined
      ? '. Problems lists why.'
      : `: ${file}:${range?.startLine}:${range?.startColumn} ${first.message}`;
  return new StudioError('plugins/build-failed', `${name} does not build${why}`, { data: { diagnostics } });
}
