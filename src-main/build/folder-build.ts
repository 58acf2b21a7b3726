/**
 * The build of one plugin folder. esbuild keeps what it has parsed, so building again after an edit takes a few
 * milliseconds. Builds of the folder run one after the other.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BuildReport, Diagnostic, EntryPoint } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { BuildContext, BuildFailure, BuildOptions, BuildResult, Message } from 'esbuild';
import type { Artifact, SourceMapDocument } from '../runtime';
import { ENTRY_MODULE, toDiagnostic } from './diagnostics';
import { type Finished, finishArtifact } from './finish-artifact';
import { createImportGuard } from './import-guard';

export interface BuildOutcome {
  readonly report: BuildReport;
  /** Absent where the build failed. */
  readonly artifact?: Artifact;
}

export interface FolderBuild {
  build(): Promise<BuildOutcome>;
  close(): Promise<void>;
}

type Output = BuildResult<{ write: false; metafile: true }>;

function optionsFor(folder: string, entry: EntryPoint, sdkFile: string) {
  return {
    absWorkingDir: folder,
    // Exporting the class alone lets esbuild drop the rest, and notice where there is no such class.
    stdin: {
      contents: `export { ${entry.className} } from ${JSON.stringify(`./${entry.file}`)};`,
      sourcefile: ENTRY_MODULE,
      resolveDir: folder,
    },
    outfile: join(folder, 'plugin.js'),
    write: false,
    metafile: true,
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    sourcemap: 'external',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [createImportGuard(folder, sdkFile, 'named')],
  } as const satisfies BuildOptions;
}

/** Names the artifact after the manifest where that can be read, else after the folder. */
async function artifactUrl(folder: string): Promise<string> {
  const named = await readFile(join(folder, 'plugin.json'), 'utf8')
    .then((text) => JSON.parse(text) as { name?: unknown; version?: unknown })
    .catch(() => undefined);
  const part = (value: unknown, fallback: string) => encodeURIComponent(typeof value === 'string' ? value : fallback);
  return `plugin://${part(named?.name, basename(folder))}/${part(named?.version, '0.0.0')}/plugin.js`;
}

const textOf = (output: Output, extension: string) =>
  output.outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';

/** Sources as the person knows them: paths in the folder, and the SDK by its name. */
function readMap(output: Output): SourceMapDocument {
  const map = JSON.parse(textOf(output, '.map')) as SourceMapDocument;
  return { ...map, sources: map.sources.map((source) => (source.startsWith('sdk:') ? source.slice(4) : source)) };
}

/** Whether a relative import has led out of the folder, by its path or by a link. */
const leadsOut = ({ metafile }: Output) => Object.keys(metafile.inputs).some((path) => path.startsWith('..'));

const isOutside = ({ location }: Message) => location?.file.startsWith('..') === true;

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);

export function createFolderBuild(folder: string, entry: EntryPoint, sdkFile: string): FolderBuild {
  const options = optionsFor(folder, entry, sdkFile);
  let context: Promise<BuildContext<typeof options>> | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const openContext = () => {
    context ??= import('esbuild').then((esbuild) => esbuild.context(options));
    return context;
  };

  async function finish(output: Output): Promise<Finished> {
    const names = { url: await artifactUrl(folder), className: entry.className, entryFile: entry.file };
    const bundleOf = (result: Output) => ({ code: textOf(result, '.js'), map: readMap(result) });
    const finished = await finishArtifact(bundleOf(output), names);
    if (finished.kind !== 'lower-templates') return finished;
    const { build } = await import('esbuild');
    const lowered = await build({ ...options, supported: { 'template-literal': false } });
    return finishArtifact(bundleOf(lowered), names);
  }

  /** Looks at every import, and so fails at the one that leads out, where it is written. */
  async function buildGuarded(): Promise<Output> {
    const { build } = await import('esbuild');
    return build({ ...options, plugins: [createImportGuard(folder, sdkFile, 'all')] });
  }

  async function rebuild(): Promise<Output> {
    const current = await openContext();
    try {
      const output = await current.rebuild();
      if (!leadsOut(output)) return output;
    } catch (error) {
      if (!isBuildFailure(error) || !error.errors.some(isOutside)) throw error;
    }
    return buildGuarded();
  }

  async function run(): Promise<{ diagnostics: Diagnostic[]; artifact?: Artifact }> {
    const output = await rebuild();
    const warnings = output.warnings.map((warning) => toDiagnostic(warning, 'warning', entry));
    const finished = await finish(output);
    if (finished.kind === 'artifact') return { diagnostics: warnings, artifact: finished.artifact };
    return { diagnostics: [...(finished.kind === 'refused' ? finished.diagnostics : []), ...warnings] };
  }

  function failed(error: unknown): { diagnostics: Diagnostic[]; artifact?: Artifact } {
    if (!isBuildFailure(error)) {
      throw new StudioError('build/no-compiler', `The build itself failed: ${messageOf(error)}. Run npm ci again.`, {
        cause: error,
      });
    }
    const diagnostics = [
      ...error.errors.map((message) => toDiagnostic(message, 'error', entry)),
      ...error.warnings.map((message) => toDiagnostic(message, 'warning', entry)),
    ];
    return { diagnostics };
  }

  async function build(): Promise<BuildOutcome> {
    const started = performance.now();
    const { diagnostics, artifact } = await run().catch(failed);
    const report: BuildReport = {
      folder,
      ok: artifact !== undefined,
      durationMs: performance.now() - started,
      bytes: artifact === undefined ? 0 : Buffer.byteLength(artifact.code),
      diagnostics,
    };
    return artifact === undefined ? { report } : { report, artifact };
  }

  return {
    build() {
      const current = previous.then(build);
      previous = current.catch(() => undefined);
      return current;
    },
    async close() {
      await previous;
      await (await context)?.dispose();
    },
  };
}
