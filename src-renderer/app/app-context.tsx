/** What only the app's own parts share: the dock, the frame around it, the palette. */
import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Chrome } from './chrome-store';
import type { Dock } from './dock-interface';
import type { EditorCommands } from './editor-commands';
import type { FileIndex } from './file-index';
import type { LayoutKeeper } from './layout-keeper';
import type { PaletteStore } from './palette-store';

export interface App {
  readonly dock: Dock;
  readonly chrome: StoreApi<Chrome>;
  readonly palette: PaletteStore;
  readonly files: FileIndex;
  readonly layout: LayoutKeeper;
  readonly editorCommands: EditorCommands;
}

/** What commands act on. */
export type AppParts = Pick<App, 'dock' | 'chrome' | 'palette' | 'layout'>;

const AppContext = createContext<App | undefined>(undefined);

export const AppProvider = AppContext;

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('A part of the app stands outside AppProvider.');
  return app;
}
