/**
 * Files of tests, each with all that it imports of the plugin, as what a runner loads. They are built in one go, since
 * they share most of what they import; where one does not build, each is built on its own. The plugin's own rules hold.
 */
import { join } from 'node:path';
import type { Diagnostic, EntryPoint } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { BuildOptions } from 'esbuild';
import { FOR_THE_SANDBOX, isBuildFailure, type Output, openContext } from '../build/compiler';
import { toDiagnostic } from '../build/diagnostics';
import { createEscapePlanner, type PlanEscapes } from '../build/escape-planner';
import { type Bundle, finishArtifact } from '../build/finish-artifact';
import { createImportGuard } from '../build/import-guard';
import type { Artifact, SourceMapDocument } from '../runtime';
import { CLASS_NAME, INJECTED, TEST_ENTRY, testEntries, testingModules } from './testing-modules';

export type BuiltTestFile =
  | { readonly artifact: Artifact; readonly diagnostics: readonly Diagnostic[] }
  | { readonly artifact?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Every file that was asked for is in it. */
export type BuiltTestFiles = ReadonlyMap<string, BuiltTestFile>;

export interface TestBuild {
  /** The plugin's. */
  readonly folder: string;
  /** The SDK's bundle. */
  readonly sdkFile: string;
}

const optionsFor = ({ folder, sdkFile }: TestBuild, files: readonly string[], lowered: boolean) =>
  ({
    absWorkingDir: folder,
    entryPoints: files.map((file, index) => ({ in: `${TEST_ENTRY}${file}`, out: String(index) })),
    outdir: folder,
    ...FOR_THE_SANDBOX,
    inject: INJECTED,
    plugins: [testEntries(folder), testingModules(sdkFile), createImportGuard(folder, sdkFile)],
    supported: { 'template-literal': !lowered },
  }) satisfies BuildOptions;

/** Sources as the person knows them: the modules of the SDK by their name. */
const readMap = (text: string): SourceMapDocument => {
  const map = JSON.parse(text) as SourceMapDocument;
  return { ...map, sources: map.sources.map((source) => source.replace(/^sdk:/, '')) };
};

/** Of the file with this number among those that were built. */
function bundleOf({ outputFiles }: Output, folder: string, index: number): Bundle {
  const read = (extension: string) => {
    const file = outputFiles.find(({ path }) => path === join(folder, `${index}${extension}`));
    if (file === undefined) throw new Error(`esbuild made no ${index}${extension}`);
    return file;
  };
  const code = read('.js');
  const map = read('.js.map');
  return { code: code.text, readMap: () => readMap(map.text), hash: `${code.hash},${map.hash}` };
}

async function compile(build: TestBuild, files: readonly string[], lowered: boolean): Promise<Bundle[]> {
  const context = await openContext(optionsFor(build, files, lowered));
  try {
    const output = await context.rebuild();
    return files.map((_, index) => bundleOf(output, build.folder, index));
  } finally {
    await context.dispose();
  }
}

const asTest = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, source: 'test' });

async function finish(
  build: TestBuild,
  file: string,
  bundle: Bundle,
  planEscapes: PlanEscapes,
): Promise<BuiltTestFile> {
  const place = { url: `plugin://tests/${encodeURI(file)}.js`, className: CLASS_NAME, entryFile: file };
  let finished = await finishArtifact(bundle, planEscapes, place);
  if (finished.kind === 'lower-templates') {
    const [lowered = bundle] = await compile(build, [file], true);
    finished = await finishArtifact(lowered, planEscapes, place);
  }
  if (finished.kind === 'artifact') return { artifact: finished.artifact, diagnostics: [] };
  return { diagnostics: finished.kind === 'refused' ? finished.diagnostics.map(asTest) : [] };
}

function brokenBy(error: unknown, file: string): BuiltTestFile {
  if (isBuildFailure(error)) {
    const entry: EntryPoint = { module: file, className: CLASS_NAME, language: 'typescript', file };
    return { diagnostics: error.errors.map((message) => asTest(toDiagnostic(message, 'error', entry))) };
  }
  throw new StudioError('build/no-compiler', `The build itself failed: ${messageOf(error)}. Run npm ci again.`, {
    cause: error,
  });
}

async function buildAll(build: TestBuild, files: readonly string[]): Promise<BuiltTestFile[]> {
  const bundles = await compile(build, files, false);
  const planEscapes = createEscapePlanner();
  return Promise.all(bundles.map((bundle, index) => finish(build, files[index] ?? '', bundle, planEscapes)));
}

async function buildAlone(build: TestBuild, file: string): Promise<BuiltTestFile> {
  try {
    const [built] = await buildAll(build, [file]);
    return built ?? { diagnostics: [] };
  } catch (error) {
    return brokenBy(error, file);
  }
}

/** @throws StudioError build/no-compiler; what is wrong with a file is in its diagnostics. */
export async function buildTestFiles(build: TestBuild, files: readonly string[]): Promise<BuiltTestFiles> {
  if (files.length === 0) return new Map();
  try {
    const built = await buildAll(build, files);
    return new Map(files.map((file, index) => [file, built[index] ?? { diagnostics: [] }]));
  } catch (error) {
    if (!isBuildFailure(error)) brokenBy(error, '');
    return new Map(await Promise.all(files.map(async (file) => [file, await buildAlone(build, file)] as const)));
  }
}
