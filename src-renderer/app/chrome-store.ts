/** What stands around the dock: the side bar's width and whether it is there. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Chrome {
  readonly sideVisible: boolean;
  readonly sideWidth: number;
}

export const DEFAULT_CHROME: Chrome = { sideVisible: true, sideWidth: 248 };

export const createChromeStore = (): StoreApi<Chrome> => createStore<Chrome>(() => DEFAULT_CHROME);
