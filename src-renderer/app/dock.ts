/**
 * The dock: the only place that knows dockview. It opens editors and tools where they belong, keeps one empty centre,
 * and gives its arrangement to be saved.
 */
import type { DockviewApi, DockviewGroupPanel, IDockviewPanel } from 'dockview-react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EditorTarget, Navigator, PanelId } from '../stores/workbench';
import { editorId, isEditorTarget, placeless, withoutReveals } from './dock-layout';
import { type GroupView, type Place, superfluousGroups, type Target, targetFor } from './dock-places';
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
  cycle(step: 1 | -1): void;
}

const RIGHT_SHARE = 0.48;
const BOTTOM_SHARE = 0.34;

export const targetOf = (panel: IDockviewPanel): EditorTarget | undefined => {
  const target: unknown = panel.params?.target;
  return isEditorTarget(target) ? target : undefined;
};

export function createDock(options: DockOptions): Dock {
  const store = createStore<DockState>(() => ({
    ready: false,
    rightVisible: true,
    bottomVisible: true,
    activeEditor: undefined,
    shownTools: [],
    ambiguous: [],
  }));
  const toolById = new Map(options.tools.map((tool) => [tool.id as string, tool]));
  const placeOf = (panel: string): Place => toolById.get(panel)?.place ?? 'center';
  let dock: DockviewApi | undefined;
  let lastEditorGroup: string | undefined;
  let rearranging = false;

  const views = (api: DockviewApi): GroupView[] =>
    api.groups.map((group) => ({ id: group.id, panels: group.panels.map(({ id }) => id) }));

  const groupsAt = (place: Place): DockviewGroupPanel[] =>
    (dock?.groups ?? []).filter(
      (group) => group.panels.length > 0 && group.panels.every(({ id }) => placeOf(id) === place),
    );

  const positionOf = (target: Target) => {
    if (target.kind === 'alone') return { direction: target.direction };
    return {
      referenceGroup: target.group,
      direction: target.kind === 'within' ? ('within' as const) : target.direction,
    };
  };

  const addTool = (api: DockviewApi, tool: ToolPanel, inactive: boolean) => {
    const target = targetFor(tool.place, views(api), placeOf);
    const isNew = target.kind !== 'within';
    return api.addPanel({
      id: tool.id,
      title: tool.title,
      component: 'tool',
      inactive,
      position: positionOf(target),
      ...(isNew && tool.place === 'right' ? { initialWidth: Math.round(api.width * RIGHT_SHARE) } : {}),
      ...(isNew && tool.place === 'bottom' ? { initialHeight: Math.round(api.height * BOTTOM_SHARE) } : {}),
    });
  };

  const addEditor = (api: DockviewApi, target: EditorTarget, id: string, position: ReturnType<typeof positionOf>) =>
    api.addPanel({ id, title: options.titleOf(target), component: 'editor', params: { target }, position });

  const tabsOf = (target: EditorTarget): IDockviewPanel[] => {
    const id = editorId(target);
    return (dock?.panels ?? []).filter((panel) => {
      const shown = targetOf(panel);
      return shown !== undefined && editorId(shown) === id;
    });
  };

  const openTargets = () =>
    (dock?.panels ?? []).map(targetOf).filter((target): target is EditorTarget => target !== undefined);

  const arrangeDefault = (api: DockviewApi) => {
    rearranging = true;
    api.clear();
    api.addGroup();
    for (const place of ['right', 'bottom'] as const) {
      const tools = options.tools.filter((tool) => tool.place === place);
      tools.forEach((tool, index) => {
        addTool(api, tool, index > 0);
      });
    }
    rearranging = false;
  };

  const addUnknownTools = (api: DockviewApi, known: readonly string[]) => {
    for (const tool of options.tools) {
      if (!known.includes(tool.id) && api.getPanel(tool.id) === undefined) addTool(api, tool, true);
    }
  };

  const prune = (api: DockviewApi) => {
    if (rearranging) return;
    for (const id of superfluousGroups(views(api), placeOf)) {
      const group = api.getGroup(id);
      if (group !== undefined) api.removeGroup(group);
    }
    if (api.groups.length === 0 || targetFor('center', views(api), placeOf).kind !== 'within') {
      const target = targetFor('center', views(api), placeOf);
      const position = positionOf(target);
      api.addGroup(position as Parameters<DockviewApi['addGroup']>[0]);
    }
  };

  const follow = (api: DockviewApi) => {
    const isVisible = (place: 'right' | 'bottom') => groupsAt(place).some((group) => group.api.isVisible);
    const titles = api.panels.filter((panel) => targetOf(panel) !== undefined).map((panel) => panel.title ?? '');
    const active = api.activePanel === undefined ? undefined : targetOf(api.activePanel);
    if (active !== undefined) lastEditorGroup = api.activeGroup?.id;
    const remembered = store.getState().activeEditor;
    const stillOpen = remembered !== undefined && tabsOf(remembered).length > 0 ? remembered : undefined;
    store.setState({
      rightVisible: isVisible('right'),
      bottomVisible: isVisible('bottom'),
      activeEditor: active ?? stillOpen,
      shownTools: api.groups
        .filter((group) => group.api.isVisible)
        .map((group) => group.activePanel?.id ?? '')
        .filter((id) => toolById.has(id)),
      ambiguous: titles.filter((title, index) => titles.indexOf(title) !== index),
    });
    if (!rearranging) options.didChange();
  };

  const closeNow = (panels: readonly IDockviewPanel[]) => {
    const targets = panels.map(targetOf);
    for (const panel of panels) dock?.removePanel(panel);
    for (const target of targets) {
      if (target !== undefined && tabsOf(target).length === 0) options.didClose(target);
    }
  };

  const close = async (panels: readonly IDockviewPanel[]) => {
    const going = new Set(panels);
    const lost = panels
      .map(targetOf)
      .filter((target) => target !== undefined)
      .filter((target) => tabsOf(target).every((tab) => going.has(tab)));
    if (await options.mayClose(lost)) closeNow(panels);
  };

  const show = (panel: IDockviewPanel) => {
    if (!panel.group.api.isVisible) panel.group.api.setVisible(true);
    panel.api.setActive();
  };

  return {
    ...store,
    attach(api) {
      dock = api;
      api.onDidLayoutChange(() => {
        prune(api);
        follow(api);
      });
      api.onDidActivePanelChange(() => follow(api));
      arrangeDefault(api);
      store.setState({ ready: true });
      follow(api);
    },
    restore(layout, knownTools) {
      if (dock === undefined) return false;
      rearranging = true;
      try {
        dock.fromJSON(layout as Parameters<DockviewApi['fromJSON']>[0]);
        addUnknownTools(dock, knownTools);
        return true;
      } catch {
        // dockview does not say beforehand what it cannot read; the default arrangement is the answer to it.
        arrangeDefault(dock);
        return false;
      } finally {
        rearranging = false;
        prune(dock);
        follow(dock);
      }
    },
    reset() {
      if (dock === undefined) return;
      const open = openTargets();
      arrangeDefault(dock);
      for (const target of open) {
        if (tabsOf(target).length === 0) {
          addEditor(dock, target, editorId(target), positionOf(targetFor('center', views(dock), placeOf)));
        }
      }
      follow(dock);
    },
    serialize: () => (dock === undefined ? undefined : withoutReveals(dock.toJSON())),
    openEditor(target) {
      if (dock === undefined) return;
      const bare = placeless(target);
      const tab =
        tabsOf(bare).find((panel) => panel.group.id === lastEditorGroup) ??
        tabsOf(bare)[0] ??
        addEditor(dock, bare, editorId(bare), positionOf(targetFor('center', views(dock), placeOf, lastEditorGroup)));
      if (target.kind !== 'configuration' && target.line !== undefined) {
        const { line, column } = target;
        tab.api.updateParameters({ reveal: column === undefined ? { line } : { line, column } });
      }
      show(tab);
    },
    revealPanel(id: PanelId) {
      const tool = toolById.get(id);
      if (dock === undefined || tool === undefined) return;
      show(dock.getPanel(id) ?? addTool(dock, tool, false));
    },
    toggle(place) {
      if (dock === undefined) return;
      const groups = groupsAt(place);
      if (groups.length === 0) {
        for (const tool of options.tools.filter((each) => each.place === place)) {
          if (dock.getPanel(tool.id) === undefined) addTool(dock, tool, true);
        }
      } else {
        const visible = groups.some((group) => group.api.isVisible);
        for (const group of groups) group.api.setVisible(!visible);
      }
      follow(dock);
    },
    close,
    async closeActiveEditor() {
      const { activeEditor } = store.getState();
      const tab = activeEditor === undefined ? undefined : tabsOf(activeEditor)[0];
      if (tab !== undefined) await close([tab]);
    },
    dropEditors(which) {
      closeNow(
        (dock?.panels ?? []).filter((panel) => {
          const target = targetOf(panel);
          return target !== undefined && which(target);
        }),
      );
    },
    splitRight(panel) {
      const target = targetOf(panel);
      if (dock === undefined || target === undefined) return;
      const taken = new Set(dock.panels.map(({ id }) => id));
      let number = 2;
      while (taken.has(`${editorId(target)}#${number}`)) number += 1;
      addEditor(dock, target, `${editorId(target)}#${number}`, { referenceGroup: panel.group.id, direction: 'right' });
    },
    openTargets,
    focusEditor() {
      const { activeEditor } = store.getState();
      const tab = activeEditor === undefined ? undefined : tabsOf(activeEditor)[0];
      if (tab !== undefined) show(tab);
    },
    cycle(step) {
      const group = dock?.activeGroup;
      if (group === undefined || group.panels.length === 0) return;
      const index = group.panels.findIndex(({ id }) => id === group.activePanel?.id);
      group.panels[(index + step + group.panels.length) % group.panels.length]?.api.setActive();
    },
  };
}
