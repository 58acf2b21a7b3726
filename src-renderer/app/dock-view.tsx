/** The dock on the screen: tabs, panels, each in a boundary of its own. */
import {
  DockviewReact,
  type DockviewTheme,
  type IDockviewHeaderActionsProps,
  type IDockviewPanelProps,
} from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import type { EditorReveal } from '../editor/code-editor';
import { Welcome } from '../panels/welcome';
import { IconButton } from '../ui/icon-button';
import { useApp } from './app-context';
import { isEditorTarget } from './dock-layout';
import { targetOf } from './dock-panels';
import './dock.css';
import { DockTab } from './dock-tabs';
import styles from './dock-view.module.css';
import { EditorTab } from './editor-tabs';
import { PanelBoundary } from './panel-boundary';
import { toolById } from './panels';

const THEME: DockviewTheme = {
  name: 'studio',
  className: 'dockview-theme-studio',
  dndTabIndicator: 'line',
  dndPanelOverlay: 'content',
};

function ToolView({ api }: IDockviewPanelProps) {
  const tool = toolById.get(api.id);
  if (tool === undefined) return undefined;
  const { title, component: Panel } = tool;
  return (
    <PanelBoundary title={title}>
      <Panel />
    </PanelBoundary>
  );
}

interface EditorParams {
  readonly target?: unknown;
  readonly reveal?: EditorReveal;
}

function EditorView({ api, containerApi, params }: IDockviewPanelProps<EditorParams>) {
  const { dock } = useApp();
  if (!isEditorTarget(params.target)) return undefined;
  const close = () => {
    const panel = containerApi.getPanel(api.id);
    if (panel !== undefined) void dock.close([panel]);
  };
  return (
    <PanelBoundary title={api.title ?? 'The editor'}>
      <EditorTab target={params.target} reveal={params.reveal} onClose={close} />
    </PanelBoundary>
  );
}

const COMPONENTS = { tool: ToolView, editor: EditorView };

function HeaderActions({ activePanel, panels }: IDockviewHeaderActionsProps) {
  const { dock } = useApp();
  const target = activePanel === undefined ? undefined : targetOf(activePanel);
  const places = new Set(panels.map(({ id }) => toolById.get(id)?.place));
  const place = places.size === 1 ? [...places][0] : undefined;
  return (
    <div className={styles.actions}>
      {target !== undefined && activePanel !== undefined && (
        <IconButton icon="split-horizontal" label="Split editor right" onClick={() => dock.splitRight(activePanel)} />
      )}
      {place === 'bottom' && (
        <IconButton icon="chevron-down" label="Hide bottom panel" keys="Ctrl+J" onClick={() => dock.toggle('bottom')} />
      )}
      {place === 'right' && (
        <IconButton
          icon="chevron-right"
          label="Hide right panel"
          keys="Ctrl+Alt+B"
          onClick={() => dock.toggle('right')}
        />
      )}
    </div>
  );
}

const Watermark = () => (
  <PanelBoundary title="Welcome">
    <Welcome />
  </PanelBoundary>
);

export function DockView() {
  const { dock } = useApp();
  return (
    <DockviewReact
      theme={THEME}
      components={COMPONENTS}
      defaultTabComponent={DockTab}
      rightHeaderActionsComponent={HeaderActions}
      watermarkComponent={Watermark}
      closeEmptyGroups={false}
      disableFloatingGroups
      scrollbars="native"
      getTabContextMenuItems={() => []}
      onReady={({ api }) => dock.attach(api)}
    />
  );
}
