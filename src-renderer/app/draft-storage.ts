/**
 * Where what is not saved is kept. On the desktop there is one window, at an address that is the studio's alone. In
 * the browser each tab keeps its own, through reloads and crashes, until it is closed: two tabs of one plugin have
 * different texts for one file, and what stayed behind would belong to whatever listens on the same port next.
 */
import type { TextStorage } from '../stores/drafts';

export interface PageStorages {
  readonly localStorage: TextStorage;
  readonly sessionStorage: TextStorage;
}

/** Undefined where the browser is set to give the page none. */
export function draftStorage(page: PageStorages, isDesktop: boolean): TextStorage | undefined {
  try {
    return isDesktop ? page.localStorage : page.sessionStorage;
  } catch {
    // Asking for it is how a browser says no.
    return undefined;
  }
}
