/** `npm run studio -- …`: the command line. Standard output belongs to its result, so all else goes to the other. */
import { createRequire } from 'node:module';
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { installWhenStale } = await import('./launch/install.mjs');
const { buildWhenStale } = await import('./launch/build.mjs');
const { inProject } = await import('./launch/project.mjs');

const FAILED_TO_START = 3;

try {
  await installWhenStale(console.error);
  await buildWhenStale(console.error);
  // npm changes to the project's folder; paths on the command line are meant from where the person stands.
  if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
  const commandLine = inProject('out', 'main', 'cli.js');
  process.argv = [process.argv[0], commandLine, ...process.argv.slice(2)];
  createRequire(import.meta.url)(commandLine);
} catch (error) {
  console.error(error.message);
  process.exitCode = FAILED_TO_START;
}
