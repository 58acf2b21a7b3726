/**
 * Which runtime the studio starts on, and why, in this order: browser mode where it was asked for or nothing else can
 * be seen; the Electron that the environment names; the official one; the development runtime; browser mode.
 *
 * @typedef {{ dist: string, executable: string, version: string }} Electron
 * @typedef {{ kind: 'electron', electron: Electron, why: string } | { kind: 'browser', why: string }} Runtime
 */

/**
 * @param {{ browser: boolean, hasDisplay: boolean, overrideDist: string | undefined }} wish
 * @param {{ findOverride(dist: string): Promise<Electron | undefined>, findOfficial(): Promise<Electron | undefined>,
 *   fetchOfficial(): Promise<{ found?: Electron, reason?: string }>,
 *   fetchDevelopment(): Promise<{ found?: Electron, reason?: string }> }} sources
 * @returns {Promise<Runtime>}
 */
export async function pickRuntime(wish, sources) {
  if (wish.browser) return { kind: 'browser', why: '--browser was given' };
  if (!wish.hasDisplay) return { kind: 'browser', why: 'there is no display' };
  return pickElectron(wish, sources);
}

/** The same without the browser's way out at the start, for the tests of the desktop window. */
export async function pickElectron({ overrideDist }, sources) {
  if (overrideDist) return pickOverride(overrideDist, sources);
  const installed = await sources.findOfficial();
  if (installed) return { kind: 'electron', electron: installed, why: 'the official one is installed' };
  const official = await sources.fetchOfficial();
  if (official.found) return { kind: 'electron', electron: official.found, why: 'the official one was fetched' };
  const trouble = `the official Electron is not there (${official.reason})`;
  const development = await sources.fetchDevelopment();
  if (development.found)
    return {
      kind: 'electron',
      electron: development.found,
      why: `${trouble}. It is old and gets no security fixes: for development only`,
    };
  return { kind: 'browser', why: `${trouble} and neither is the development runtime (${development.reason})` };
}

export async function pickOverride(dist, sources) {
  const electron = await sources.findOverride(dist);
  if (electron) return { kind: 'electron', electron, why: 'ELECTRON_OVERRIDE_DIST_PATH names it' };
  throw new Error(
    `ELECTRON_OVERRIDE_DIST_PATH names ${dist}, which holds no Electron. Set it to a folder that does, or unset it.`,
  );
}

/** @param {Runtime} runtime */
export const describeRuntime = (runtime) =>
  runtime.kind === 'browser'
    ? `Runtime: browser mode, because ${runtime.why}.`
    : `Runtime: Electron ${runtime.electron.version}, because ${runtime.why}.`;
