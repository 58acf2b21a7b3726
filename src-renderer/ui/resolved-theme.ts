/**
 * Turns the person's setting into one of the two themes and keeps the page's data-theme on it. Following the system
 * means following it while the window is open, too.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ThemeName, tokensCss } from './tokens';

export type ThemeSetting = 'system' | ThemeName;

export interface ResolvedTheme extends StoreApi<{ readonly theme: ThemeName }> {
  choose(setting: ThemeSetting): void;
}

export function createResolvedTheme(page: Document, systemIsDark: MediaQueryList): ResolvedTheme {
  let setting: ThemeSetting = 'system';
  const resolve = (): ThemeName => (setting !== 'system' ? setting : systemIsDark.matches ? 'dark' : 'light');
  const store = createStore<{ readonly theme: ThemeName }>(() => ({ theme: resolve() }));

  const apply = () => {
    const theme = resolve();
    page.documentElement.dataset.theme = theme;
    if (store.getState().theme !== theme) store.setState({ theme });
  };

  const style = page.createElement('style');
  style.textContent = tokensCss();
  page.head.prepend(style);
  systemIsDark.addEventListener('change', apply);
  apply();

  return {
    ...store,
    choose(next) {
      setting = next;
      apply();
    },
  };
}

/** The theme of this page, for everything that is not styled by CSS variables. */
export const pageTheme = createResolvedTheme(document, window.matchMedia('(prefers-color-scheme: dark)'));
