/** Brings what was not saved back into view: a kept text whose tab is gone gets one again. */
import type { Stores } from '../stores/stores';
import type { Dock } from './dock-interface';
import { editorId } from './dock-layout';

export function openDrafts({ drafts }: Pick<Stores, 'drafts'>, dock: Dock, folder: string): void {
  const shown = new Set(dock.openTargets().map(editorId));
  for (const target of drafts.list(folder)) if (!shown.has(editorId(target))) dock.openEditor(target);
}
