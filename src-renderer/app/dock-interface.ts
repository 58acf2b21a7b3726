/** What the rest of the app may ask of the dock, and what the dock asks of it. */
import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import type { StoreApi } from 'zustand/vanilla';
import type { EditorTarget, Navigator, PanelId } from '../stores/workbench';
import type { ToolPanel } from './panels';

export interface DockState {
  readonly ready: boolean;
  readonly rightVisible: boolean;
  readonly bottomVisible: boolean;
  /** Of the tab that has the focus, or had it last. */
  readonly activeEditor: EditorTarget | undefined;
  /** Tools that are in front in their group and not hidden. */
  readonly shownTools: readonly string[];
  /** Titles that more than one open tab has. */
  readonly ambiguous: readonly string[];
}

export interface DockOptions {
  readonly tools: readonly ToolPanel[];
  titleOf(target: EditorTarget): string;
  /** Asks what must be asked before tabs go; false keeps them. */
  mayClose(targets: readonly EditorTarget[]): Promise<boolean>;
  /** After no tab shows the target any more. */
  didClose(target: EditorTarget): void;
  /** After any change that is worth saving. */
  didChange(): void;
}

export interface Dock extends Navigator, StoreApi<DockState> {
  attach(api: DockviewApi): void;
  /** False where dockview refuses it; the dock then has its default arrangement. */
  restore(dock: unknown, knownTools: readonly string[]): boolean;
  reset(): void;
  serialize(): ReturnType<DockviewApi['toJSON']> | undefined;
  toggle(place: 'right' | 'bottom'): void;
  close(panels: readonly IDockviewPanel[]): Promise<void>;
  closeActiveEditor(): Promise<void>;
  /** Without asking, such as after a plugin was closed. */
  dropEditors(which: (target: EditorTarget) => boolean): void;
  splitRight(panel: IDockviewPanel): void;
  openTargets(): readonly EditorTarget[];
  focusEditor(): void;
  /** Where that panel is on the screen. */
  focusPanel(id: PanelId): void;
  cycle(step: 1 | -1): void;
}
