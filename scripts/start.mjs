/** `npm start`. Loads the rest only once Node is known to understand it. */
import { requireNode } from './launch/node-version.mjs';

requireNode();
const { runScript } = await import('./launch/run-script.mjs');
const { start } = await import('./launch/start.mjs');
await runScript(start);
