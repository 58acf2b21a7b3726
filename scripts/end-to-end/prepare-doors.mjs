/** What the bench of starting opens the studio in, where it is there: nothing is fetched or installed for a figure. */
import { findDevelopmentElectron } from '../launch/development-electron.mjs';
import { findOfficialElectron } from '../launch/official-electron.mjs';
import { findElectronIn } from '../launch/runtime-sources.mjs';
import { findChromium } from './system-packages.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/** @returns {Promise<{ environment: Record<string, string>, close(): Promise<void> }>} */
export async function prepareDoors() {
  const chromium = findChromium();
  const browser = chromium === undefined ? { BENCH_NO_CHROMIUM: 'there is no Chromium' } : { CHROMIUM_PATH: chromium };
  const electron = await findElectron();
  if (electron === undefined)
    return { environment: { ...browser, BENCH_NO_ELECTRON: 'there is no Electron; npm start fetches one' }, close };
  const found = { ...browser, ELECTRON_OVERRIDE_DIST_PATH: electron.dist };
  if (process.platform !== 'linux') return { environment: found, close };
  try {
    const { display, stop } = await startVirtualDisplay();
    return { environment: { ...found, DISPLAY: display }, close: stop };
  } catch (error) {
    return { environment: { ...browser, BENCH_NO_ELECTRON: error.message }, close };
  }
}

async function findElectron() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return named ? findElectronIn(named) : ((await findOfficialElectron()) ?? findDevelopmentElectron());
}

async function close() {}
