/** `npm run check`: all of `npm test` but the end-to-end part. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');

await runScript(async () => {
  await installWhenStale(console.error);
  const { runChecks } = await import('./check/run-checks.mjs');
  const { passed, failed } = await runChecks(console.log);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
