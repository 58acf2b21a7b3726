/** What only the desktop window can do; undefined in a browser. */
import { SHELL_KEY, type WindowShell } from '@shared/window-shell';

export const nativeShell = (): WindowShell | undefined =>
  (globalThis as { readonly [SHELL_KEY]?: WindowShell })[SHELL_KEY];
