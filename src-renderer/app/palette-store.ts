/** Whether the palette is open and what stands in it. A text that begins with > looks for commands, any other for files. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface PaletteState {
  readonly open: boolean;
  readonly text: string;
}

export interface PaletteStore extends StoreApi<PaletteState> {
  show(mode: 'commands' | 'files'): void;
  type(text: string): void;
  hide(): void;
}

export function createPaletteStore(): PaletteStore {
  const store = createStore<PaletteState>(() => ({ open: false, text: '' }));
  return {
    ...store,
    show: (mode) => store.setState({ open: true, text: mode === 'commands' ? '>' : '' }),
    type: (text) => store.setState({ text }),
    hide: () => store.setState({ open: false }),
  };
}
