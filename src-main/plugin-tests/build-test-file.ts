/** One file of tests, with all that it imports of the plugin, as what a runner loads. The plugin's own rules hold. */
import { join } from 'node:path';
import type { Diagnostic, EntryPoint } from '@shared/contracts';
import { messageOf, StudioError } from '@shared/errors';
import type { BuildFailure, BuildOptions } from 'esbuild';
import { type Output, openContext } from '../build/compiler';
import { toDiagnostic } from '../build/diagnostics';
import { createEscapePlanner } from '../build/escape-planner';
import { finishArtifact } from '../build/finish-artifact';
import { createImportGuard } from '../build/import-guard';
import type { Artifact, SourceMapDocument } from '../runtime';
import { INJECTED, TESTING, testingModules } from './testing-modules';

export type BuiltTestFile =
  | { readonly artifact: Artifact; readonly diagnostics: readonly Diagnostic[] }
  | { readonly artifact?: undefined; readonly diagnostics: readonly Diagnostic[] };

const CLASS_NAME = 'TestFile';

const optionsFor = (folder: string, file: string, sdkFile: string, lowered: boolean) =>
  ({
    absWorkingDir: folder,
    stdin: {
      contents: `import ${JSON.stringify(`./${file}`)};\nexport { ${CLASS_NAME} } from '${TESTING}';`,
      sourcefile: 'test-entry',
      resolveDir: folder,
    },
    outfile: join(folder, 'tests.js'),
    write: false,
    metafile: true,
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    inject: INJECTED,
    plugins: [testingModules(sdkFile), createImportGuard(folder, sdkFile)],
    supported: { 'template-literal': !lowered },
  }) satisfies BuildOptions;

const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);

const textOf = ({ outputFiles }: Output, extension: string) =>
  outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';

/** Sources as the person knows them: the modules of the SDK by their name. */
function readMap(output: Output): SourceMapDocument {
  const map = JSON.parse(textOf(output, '.map')) as SourceMapDocument;
  return { ...map, sources: map.sources.map((source) => source.replace(/^sdk:/, '')) };
}

async function compile(folder: string, file: string, sdkFile: string, lowered: boolean): Promise<Output> {
  const context = await openContext(optionsFor(folder, file, sdkFile, lowered));
  try {
    return await context.rebuild();
  } finally {
    await context.dispose();
  }
}

/** @throws StudioError build/no-compiler; what is wrong with the file is in the diagnostics. */
export async function buildTestFile(folder: string, file: string, sdkFile: string): Promise<BuiltTestFile> {
  const entry: EntryPoint = { module: file, className: CLASS_NAME, language: 'typescript', file };
  const asTest = (diagnostic: Diagnostic): Diagnostic => ({ ...diagnostic, source: 'test' });
  const url = `plugin://tests/${encodeURI(file)}.js`;
  const finish = (output: Output) =>
    finishArtifact(
      {
        code: textOf(output, '.js'),
        readMap: () => readMap(output),
        hash: output.outputFiles.map(({ hash }) => hash).join(),
      },
      createEscapePlanner(),
      { url, className: CLASS_NAME, entryFile: file },
    );
  try {
    const output = await compile(folder, file, sdkFile, false);
    const first = await finish(output);
    const finished =
      first.kind === 'lower-templates' ? await finish(await compile(folder, file, sdkFile, true)) : first;
    if (finished.kind === 'artifact') return { artifact: finished.artifact, diagnostics: [] };
    return { diagnostics: finished.kind === 'refused' ? finished.diagnostics.map(asTest) : [] };
  } catch (error) {
    if (!isBuildFailure(error)) {
      throw new StudioError('build/no-compiler', `The build itself failed: ${messageOf(error)}. Run npm ci again.`, {
        cause: error,
      });
    }
    return { diagnostics: error.errors.map((message) => asTest(toDiagnostic(message, 'error', entry))) };
  }
}
