/** `npm test`: installs, checks, builds, and opens the studio in both doors. The last line says how it went. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');

await runScript(async (words) => {
  const say = console.log;
  await installWhenStale(say);
  const { addTallies, runChecks } = await import('./check/run-checks.mjs');
  const { runSpecs } = await import('./end-to-end/run-specs.mjs');
  const { buildWhenStale } = await import('./launch/build.mjs');
  const checked = await runChecks(say);
  const { passed, failed } = addTallies(
    checked,
    await attempt(() => buildWhenStale(say).then(() => runSpecs(words, say))),
  );
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;

  /** A build or a runtime that fails is one failure, and does not hide what came before. */
  async function attempt(work) {
    try {
      return await work();
    } catch (error) {
      say(error.message);
      return { passed: 0, failed: 1 };
    }
  }
});
