/**
 * Opens contexts of esbuild. Its process starts with the first one, and collects its garbage late: a build makes much
 * that is gone with its end, and collecting it meanwhile takes a sixth of the time. It then holds some 50 MB.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BUFFER_USES } from '@shared/contracts/refused-buffer';
import type { BuildContext, BuildFailure, BuildOptions, BuildResult } from 'esbuild';

/** In percent of what is alive; Go's own default is 100. */
const COLLECT_AT = '400';

interface InMemory extends BuildOptions {
  readonly write: false;
  readonly metafile: true;
}

/** What every bundle has in common that a plugin's process loads. */
export const FOR_THE_SANDBOX = {
  write: false,
  metafile: true,
  bundle: true,
  format: 'cjs',
  platform: 'neutral',
  mainFields: ['module', 'main'] as string[],
  target: 'es2022',
  sourcemap: 'external',
  // Who follows the map has the files; carrying them along would more than double the artifact.
  sourcesContent: false,
  legalComments: 'none',
  define: BUFFER_USES,
  logLevel: 'silent',
} as const satisfies InMemory;

/** The sources are wrong, and not the compiler. */
export const isBuildFailure = (error: unknown): error is BuildFailure =>
  error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);

/** In a packed studio the compiler looks for its program in the archive, out of which none can be started. */
function pointToUnpackedProgram(): void {
  const { resourcesPath = '' } = process as { resourcesPath?: string };
  const program = process.platform === 'win32' ? ['esbuild.exe'] : ['bin', 'esbuild'];
  const packages = join(resourcesPath, 'app.asar.unpacked', 'node_modules', '@esbuild');
  const file = join(packages, `${process.platform}-${process.arch}`, ...program);
  if (resourcesPath !== '' && existsSync(file)) process.env.ESBUILD_BINARY_PATH ??= file;
}

/** What a build leaves in memory. */
export type Output = BuildResult<InMemory>;

export async function openContext(options: InMemory): Promise<BuildContext<InMemory>> {
  pointToUnpackedProgram();
  const { context } = await import('./esbuild');
  const chosen = process.env.GOGC;
  process.env.GOGC = chosen ?? COLLECT_AT;
  try {
    // Its process has got the environment when this returns, though nothing is open yet.
    return context(options);
  } finally {
    if (chosen === undefined) delete process.env.GOGC;
  }
}
