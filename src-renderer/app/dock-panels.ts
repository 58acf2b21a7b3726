/** Putting panels into dockview: a tool at its side with its share of the room, an editor with its target. */
import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import type { EditorTarget } from '../stores/workbench';
import { editorId, isEditorTarget } from './dock-layout';
import { type GroupView, type Place, superfluousGroups, type Target, targetFor } from './dock-places';
import type { ToolPanel } from './panels';

const RIGHT_SHARE = 0.44;
const BOTTOM_SHARE = 0.34;

export const targetOf = (panel: IDockviewPanel): EditorTarget | undefined => {
  const target: unknown = panel.params?.target;
  return isEditorTarget(target) ? target : undefined;
};

export const placeIn =
  (tools: readonly ToolPanel[]) =>
  (panel: string): Place =>
    tools.find(({ id }) => id === panel)?.place ?? 'center';

export const groupViews = (api: DockviewApi): GroupView[] =>
  api.groups.map((group) => ({ id: group.id, panels: group.panels.map(({ id }) => id) }));

export function positionOf(target: Target) {
  if (target.kind === 'alone') return { direction: target.direction };
  return { referenceGroup: target.group, direction: target.kind === 'within' ? ('within' as const) : target.direction };
}

export function addTool(api: DockviewApi, tools: readonly ToolPanel[], tool: ToolPanel, inactive: boolean) {
  const target = targetFor(tool.place, groupViews(api), placeIn(tools));
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
}

export const addEditor = (
  api: DockviewApi,
  target: EditorTarget,
  title: string,
  position: ReturnType<typeof positionOf>,
  id = editorId(target),
) => api.addPanel({ id, title, component: 'editor', params: { target }, position });

/** The tools in front of their groups, the others behind them; the centre empty. */
export function arrangeDefault(api: DockviewApi, tools: readonly ToolPanel[]): void {
  api.clear();
  api.addGroup();
  for (const place of ['right', 'bottom'] as const) {
    tools
      .filter((tool) => tool.place === place)
      .forEach((tool, index) => {
        addTool(api, tools, tool, index > 0);
      });
  }
}

/** Tools that an older layout did not know. */
export function addUnknownTools(api: DockviewApi, tools: readonly ToolPanel[], known: readonly string[]): void {
  for (const tool of tools) {
    if (!known.includes(tool.id) && api.getPanel(tool.id) === undefined) addTool(api, tools, tool, true);
  }
}

/** Removes empty groups, and makes the one that the centre needs. */
export function tidyGroups(api: DockviewApi, tools: readonly ToolPanel[]): void {
  const placeOf = placeIn(tools);
  for (const id of superfluousGroups(groupViews(api), placeOf)) {
    const group = api.getGroup(id);
    if (group !== undefined) api.removeGroup(group);
  }
  const target = targetFor('center', groupViews(api), placeOf);
  if (target.kind !== 'within') api.addGroup(positionOf(target) as Parameters<DockviewApi['addGroup']>[0]);
}
