/** A right click, or the menu key on what has the focus, opens a menu there. */
import { type MouseEvent, type ReactNode, useState } from 'react';
import { ContextMenu, type ContextMenuGroups } from './context-menu';

interface OpenMenu {
  readonly at: { readonly x: number; readonly y: number };
  readonly groups: ContextMenuGroups;
}

/** The menu, to stand somewhere in the component, and what opens it. */
export function useContextMenu(): [ReactNode, (event: MouseEvent, groups: ContextMenuGroups) => void] {
  const [menu, setMenu] = useState<OpenMenu>();
  const open = (event: MouseEvent, groups: ContextMenuGroups) => {
    event.preventDefault();
    event.stopPropagation();
    setMenu({ at: { x: event.clientX, y: event.clientY }, groups });
  };
  return [menu !== undefined && <ContextMenu {...menu} onClose={() => setMenu(undefined)} />, open];
}
