/**
 * The build of one plugin folder. esbuild keeps what it has parsed, so building again after an edit takes a few
 * milliseconds. Builds of the folder run one after the other.
 *
 * A callback for each import costs more than the build itself. So the folder is first built without any, and what was
 * built is looked through afterwards; only where an import might be one that the sandbox cannot have is it built with
 * the import guard, whose word counts and which says what is wrong where it is written.
 */
import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { BuildReport, Diagnostic, EntryPoint } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { BuildOptions } from 'esbuild';
import type { Artifact, SourceMapDocument } from '../runtime';
import { FOR_THE_SANDBOX, isBuildFailure, type Output, openContext } from './compiler';
import { ENTRY_MODULE, toDiagnostic } from './diagnostics';
import { createEscapePlanner } from './escape-planner';
import { type Finished, finishArtifact } from './finish-artifact';
import { createImportGuard, SDK } from './import-guard';
import { hasOnlyOwnImports, mayBeImportFailure } from './own-imports';

export interface BuildOutcome {
  readonly report: BuildReport;
  /** Absent where the build failed. */
  readonly artifact?: Artifact;
}

export interface FolderBuild {
  /** @throws StudioError build/closed where it was closed before the build was done. */
  build(): Promise<BuildOutcome>;
  /** Lets the builds that were asked for end first. */
  retire(): Promise<void>;
  /** Stops the build that runs. */
  close(): Promise<void>;
}

function optionsFor(folder: string, entry: EntryPoint) {
  return {
    absWorkingDir: folder,
    // Exporting the class alone lets esbuild drop the rest, and notice where there is no such class.
    stdin: {
      contents: `export { ${entry.className} } from ${JSON.stringify(`./${entry.file}`)};`,
      sourcefile: ENTRY_MODULE,
      resolveDir: folder,
    },
    outfile: join(folder, 'plugin.js'),
    ...FOR_THE_SANDBOX,
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

const hashOf = ({ outputFiles }: Output) => outputFiles.map(({ path, hash }) => `${path} ${hash}`).join();

export function createFolderBuild(folder: string, entry: EntryPoint, sdkFile: string): FolderBuild {
  const options = optionsFor(folder, entry);
  const guard = createImportGuard(folder, sdkFile);
  const planEscapes = createEscapePlanner();
  const contexts = new Map<string, ReturnType<typeof openContext>>();
  let previous: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const sdkPath = relative(folder, sdkFile).replaceAll(sep, '/');

  /** Contexts are kept by their name until the folder is closed. */
  async function rebuild(name: string, more: Pick<BuildOptions, 'alias' | 'plugins' | 'supported'>): Promise<Output> {
    const context = contexts.get(name) ?? openContext({ ...options, ...more });
    contexts.set(name, context);
    const opened = await context;
    throwIfClosed();
    return opened.rebuild();
  }

  const buildGuarded = () => rebuild('guarded', { plugins: [guard] });
  const buildLowered = () => rebuild('lowered', { plugins: [guard], supported: { 'template-literal': false } });

  async function buildTrusting(): Promise<Output> {
    try {
      const output = await rebuild('trusting', { alias: { [SDK]: sdkFile } });
      if (hasOnlyOwnImports(output.metafile, sdkPath)) return output;
    } catch (error) {
      if (!isBuildFailure(error) || !error.errors.some(mayBeImportFailure)) throw error;
    }
    return buildGuarded();
  }

  /** Sources as the person knows them: paths in the folder, and the SDK by its name. */
  function readMap(output: Output): SourceMapDocument {
    const map = JSON.parse(textOf(output, '.map')) as SourceMapDocument;
    const nameOf = (source: string) => (source === sdkPath || source === `sdk:${SDK}` ? SDK : source);
    return { ...map, sources: map.sources.map(nameOf) };
  }

  async function run(): Promise<{ diagnostics: Diagnostic[]; artifact?: Artifact }> {
    const [output, url] = await Promise.all([buildTrusting(), artifactUrl(folder)]);
    const finish = (result: Output): Promise<Finished> =>
      finishArtifact(
        { code: textOf(result, '.js'), readMap: () => readMap(result), hash: hashOf(result) },
        planEscapes,
        { url, className: entry.className, entryFile: entry.file },
      );
    const first = await finish(output);
    const finished = first.kind === 'lower-templates' ? await finish(await buildLowered()) : first;
    const warnings = output.warnings.map((warning) => toDiagnostic(warning, 'warning', entry));
    if (finished.kind === 'artifact') return { diagnostics: warnings, artifact: finished.artifact };
    return { diagnostics: [...(finished.kind === 'refused' ? finished.diagnostics : []), ...warnings] };
  }

  function throwIfClosed() {
    if (isClosed) throw new StudioError('build/closed', `The build of ${folder} was stopped. Open the folder again.`);
  }

  function failed(error: unknown): { diagnostics: Diagnostic[]; artifact?: Artifact } {
    throwIfClosed();
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

  /** One that could not be opened has told whoever wanted to build with it. */
  async function openedContexts() {
    const settled = await Promise.allSettled(contexts.values());
    return settled.flatMap((context) => (context.status === 'fulfilled' ? [context.value] : []));
  }

  async function retire() {
    await previous;
    await Promise.all((await openedContexts()).map((context) => context.dispose()));
    contexts.clear();
  }

  return {
    build() {
      const current = previous.then(build);
      previous = current.catch(() => undefined);
      return current;
    },
    retire,
    async close() {
      isClosed = true;
      await Promise.all((await openedContexts()).map((context) => context.cancel()));
      await retire();
    },
  };
}
