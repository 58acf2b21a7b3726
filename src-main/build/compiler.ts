/**
 * Opens contexts of esbuild. Its process starts with the first one, and collects its garbage late: a build makes much
 * that is gone with its end, and collecting it meanwhile takes a sixth of the time. It then holds some 50 MB.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext, BuildOptions, BuildResult } from 'esbuild';

/** In percent of what is alive; Go's own default is 100. */
const COLLECT_AT = '400';

interface InMemory extends BuildOptions {
  readonly write: false;
  readonly metafile: true;
}

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
