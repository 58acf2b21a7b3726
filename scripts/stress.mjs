/** `npm run stress [-- <kills>]`: kills plugins at random points, 1,000 of them unless told, and says how soon it was noticed. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');
const { runCommand } = await import('./launch/run-command.mjs');

await runScript(async ([kills = '1000']) => {
  if (!/^[1-9]\d*$/.test(kills)) {
    console.error(`"${kills}" is no number of plugins to kill. Say how many, such as 1000.`);
    return 2;
  }
  await installWhenStale(console.error);
  const env = { ...process.env, STRESS_KILLS: kills };
  const words = ['vitest', 'run', '--reporter=verbose', 'src-main/runtime/random-kills.test.ts'];
  const { code } = await runCommand('npx', words, { env });
  return code;
});
