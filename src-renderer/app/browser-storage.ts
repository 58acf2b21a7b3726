/** The page's own storage; undefined where the browser is set to give it none. */
export function browserStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    // Asking for it is how a browser says no.
    return undefined;
  }
}
