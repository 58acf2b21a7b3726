/**
 * The dock: the only place that knows dockview. It opens editors and tools where they belong, keeps one empty centre,
 * and gives its arrangement to be saved.
 */
import type { DockviewApi, DockviewGroupPanel, IDockviewPanel } from 'dockview-react';
import { createStore } from 'zustand/vanilla';
import type { EditorTarget, PanelId } from '../stores/workbench';
import type { Dock, DockOptions, DockState } from './dock-interface';
import { editorId, placeless, withoutReveals } from './dock-layout';
import {
  addEditor,
  addTool,
  addUnknownTools,
  arrangeDefault,
  groupViews,
  placeIn,
  positionOf,
  targetOf,
  tidyGroups,
} from './dock-panels';
import { type Place, targetFor } from './dock-places';
import { focusWithin } from './focus-within';

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
  const placeOf = placeIn(options.tools);
  let dock: DockviewApi | undefined;
  let lastEditorGroup: string | undefined;
  let rearranging = false;

  const groupsAt = (place: Place): DockviewGroupPanel[] =>
    (dock?.groups ?? []).filter(
      (group) => group.panels.length > 0 && group.panels.every(({ id }) => placeOf(id) === place),
    );

  const { tools } = options;
  const centre = (api: DockviewApi) => positionOf(targetFor('center', groupViews(api), placeOf, lastEditorGroup));

  const tabsOf = (target: EditorTarget): IDockviewPanel[] => {
    const id = editorId(target);
    return (dock?.panels ?? []).filter((panel) => {
      const shown = targetOf(panel);
      return shown !== undefined && editorId(shown) === id;
    });
  };

  /** Of one that is split, the tab that was looked at last. */
  const frontTabOf = (target: EditorTarget): IDockviewPanel | undefined => {
    const tabs = tabsOf(target);
    return tabs.find((panel) => panel.group.id === lastEditorGroup) ?? tabs[0];
  };

  const openTargets = () =>
    (dock?.panels ?? []).map(targetOf).filter((target): target is EditorTarget => target !== undefined);

  const quietly = (step: () => void) => {
    rearranging = true;
    try {
      step();
    } finally {
      rearranging = false;
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
        if (!rearranging) tidyGroups(api, tools);
        follow(api);
      });
      api.onDidActivePanelChange(() => follow(api));
      quietly(() => arrangeDefault(api, tools));
      store.setState({ ready: true });
      follow(api);
    },
    restore(layout, knownTools) {
      const api = dock;
      if (api === undefined) return false;
      let restored = true;
      quietly(() => {
        try {
          api.fromJSON(layout as Parameters<DockviewApi['fromJSON']>[0]);
          addUnknownTools(api, tools, knownTools);
        } catch {
          // dockview does not say beforehand what it cannot read; the default arrangement is the answer to it.
          restored = false;
          arrangeDefault(api, tools);
        }
        tidyGroups(api, tools);
      });
      follow(api);
      return restored;
    },
    reset() {
      const api = dock;
      if (api === undefined) return;
      const open = openTargets();
      quietly(() => {
        arrangeDefault(api, tools);
        for (const target of open) {
          if (tabsOf(target).length === 0) addEditor(api, target, options.titleOf(target), centre(api));
        }
      });
      follow(api);
    },
    serialize: () => (dock === undefined ? undefined : withoutReveals(dock.toJSON())),
    openEditor(target) {
      if (dock === undefined) return;
      const bare = placeless(target);
      const tab = frontTabOf(bare) ?? addEditor(dock, bare, options.titleOf(bare), centre(dock));
      if (target.kind !== 'configuration' && target.line !== undefined) {
        const { line, column } = target;
        tab.api.updateParameters({ reveal: column === undefined ? { line } : { line, column } });
      }
      show(tab);
    },
    revealPanel(id: PanelId) {
      const tool = toolById.get(id);
      if (dock === undefined || tool === undefined) return;
      show(dock.getPanel(id) ?? addTool(dock, tools, tool, false));
    },
    toggle(place) {
      if (dock === undefined) return;
      const groups = groupsAt(place);
      if (groups.length === 0) {
        for (const tool of tools.filter((each) => each.place === place)) {
          if (dock.getPanel(tool.id) === undefined) addTool(dock, tools, tool, true);
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
      const tab = activeEditor === undefined ? undefined : frontTabOf(activeEditor);
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
      addEditor(
        dock,
        target,
        options.titleOf(target),
        { referenceGroup: panel.group.id, direction: 'right' },
        `${editorId(target)}#${number}`,
      );
    },
    openTargets,
    focusEditor() {
      const { activeEditor } = store.getState();
      const tab = activeEditor === undefined ? undefined : frontTabOf(activeEditor);
      if (tab === undefined) return;
      show(tab);
      focusWithin(() => tab.view.content.element);
    },
    focusPanel(id) {
      const panel = dock?.getPanel(id);
      if (panel !== undefined) focusWithin(() => panel.view.content.element);
    },
    cycle(step) {
      const group = dock?.activeGroup;
      if (group === undefined || group.panels.length === 0) return;
      const index = group.panels.findIndex(({ id }) => id === group.activePanel?.id);
      group.panels[(index + step + group.panels.length) % group.panels.length]?.api.setActive();
    },
  };
}
