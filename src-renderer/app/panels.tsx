/** Every panel of the window, once: what it is called, where it belongs and what draws it. */
import type { ComponentType } from 'react';
import type { EditorTarget, PanelId } from '../stores/workbench';
import type { Place } from './dock-places';

/** Tools that stand on the right or at the bottom; there is one of each. */
export interface ToolPanel {
  readonly id: PanelId;
  readonly title: string;
  readonly icon?: string;
  readonly place: Exclude<Place, 'center'>;
  readonly component: ComponentType;
  /** Beside the title, such as a count. */
  readonly badge?: ComponentType;
}

export interface EditorReveal {
  readonly line: number;
  readonly column?: number;
}

/** What a tab of the centre gets: its target, and the place in it that was asked for last. */
export interface EditorPanelProps {
  readonly target: EditorTarget;
  readonly reveal: EditorReveal | undefined;
}
