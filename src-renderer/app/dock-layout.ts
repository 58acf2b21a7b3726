/**
 * The arrangement as it is kept between starts. What comes back from the settings is somebody else's data: anything in
 * it that this window does not know makes it fall back to the default.
 */
import type { SerializedDockview } from 'dockview-react';
import type { EditorTarget } from '../stores/workbench';

export const LAYOUT_VERSION = 1;

export interface SavedLayout {
  readonly version: typeof LAYOUT_VERSION;
  readonly dock: SerializedDockview;
  /** The tools that this window knew; newer ones are added to an older layout. */
  readonly tools: readonly string[];
  readonly sideWidth: number;
  readonly sideVisible: boolean;
  readonly activeFolder?: string;
  readonly activeSamples: Readonly<Record<string, string>>;
  /** Paths of the folders that are open in the explorer, by plugin folder; a plugin is its own empty path. */
  readonly expanded: Readonly<Record<string, readonly string[]>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isEditorTarget(value: unknown): value is EditorTarget {
  if (!isRecord(value) || typeof value.folder !== 'string') return false;
  if (value.kind === 'file') return typeof value.path === 'string';
  if (value.kind === 'sample') return typeof value.sampleId === 'string';
  return value.kind === 'configuration';
}

const isPanelState = (value: unknown, tools: ReadonlySet<string>): boolean => {
  if (!isRecord(value) || typeof value.id !== 'string') return false;
  if (value.contentComponent === 'tool') return tools.has(value.id);
  return value.contentComponent === 'editor' && isRecord(value.params) && isEditorTarget(value.params.target);
};

/** The saved layout, or undefined where it cannot be used. */
export function readLayout(value: unknown, tools: ReadonlySet<string>): SavedLayout | undefined {
  if (!isRecord(value) || value.version !== LAYOUT_VERSION) return undefined;
  // A layout from before folders were remembered has none.
  const { dock, activeFolder, activeSamples, expanded = {} } = value;
  if (!isRecord(dock) || !isRecord(dock.grid) || !isRecord(dock.panels)) return undefined;
  if (!Object.values(dock.panels).every((panel) => isPanelState(panel, tools))) return undefined;
  if (typeof value.sideWidth !== 'number' || typeof value.sideVisible !== 'boolean') return undefined;
  if (!Array.isArray(value.tools) || !isRecord(activeSamples) || !isRecord(expanded)) return undefined;
  return {
    version: LAYOUT_VERSION,
    dock: dock as unknown as SerializedDockview,
    tools: value.tools.filter((tool): tool is string => typeof tool === 'string'),
    sideWidth: value.sideWidth,
    sideVisible: value.sideVisible,
    activeSamples: Object.fromEntries(
      Object.entries(activeSamples).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    expanded: Object.fromEntries(
      Object.entries(expanded).flatMap(([folder, paths]) =>
        Array.isArray(paths) ? [[folder, paths.filter((path): path is string => typeof path === 'string')]] : [],
      ),
    ),
    ...(typeof activeFolder === 'string' ? { activeFolder } : {}),
  };
}

/** Without the places that were asked for: a restored tab shows where its reader left it. */
export function withoutReveals(dock: SerializedDockview): SerializedDockview {
  const panels = Object.entries(dock.panels).map(([id, panel]) => {
    const { reveal: _, ...params } = panel.params ?? {};
    return [id, { ...panel, params }] as const;
  });
  return { ...dock, panels: Object.fromEntries(panels) };
}

/** The identity of a tab; a second tab of the same target has a number after it. */
export function editorId(target: EditorTarget): string {
  if (target.kind === 'file') return `file:${target.folder}\n${target.path}`;
  if (target.kind === 'sample') return `sample:${target.folder}\n${target.sampleId}\n${target.file ?? ''}`;
  return `configuration:${target.folder}`;
}

/** The target alone, without the place in it. */
export function placeless(target: EditorTarget): EditorTarget {
  if (target.kind === 'configuration') return target;
  const { line: _line, column: _column, ...rest } = target;
  return rest;
}
