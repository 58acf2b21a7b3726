/** `npm run build`: generated resources, host, preload and window. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { installWhenStale } = await import('./launch/install.mjs');
const { inSetUpTurn } = await import('./launch/set-up-turn.mjs');
const { build } = await import('./launch/build.mjs');
await runScript(async () => {
  await installWhenStale(console.error);
  await inSetUpTurn(console.error, () => build());
  return 0;
});
