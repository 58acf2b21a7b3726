/** The tabs of the dock: files with their dirty dot and their menu, tools with their badge. */
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { documentUri } from '../editor/document-uri';
import { fileIcon } from '../editor/file-icon';
import { useStores } from '../stores/context';
import type { EditorTarget } from '../stores/workbench';
import { Icon } from '../ui/icon';
import { useContextMenu } from '../ui/use-context-menu';
import { useApp } from './app-context';
import { isEditorTarget } from './dock-layout';
import { targetOf } from './dock-panels';
import styles from './dock-view.module.css';
import { toolById } from './panels';

export function DockTab({ api, containerApi, params }: IDockviewPanelHeaderProps<{ readonly target?: unknown }>) {
  return isEditorTarget(params.target) ? (
    <FileTab api={api} containerApi={containerApi} target={params.target} />
  ) : (
    <ToolTab api={api} containerApi={containerApi} />
  );
}

type TabProps = Pick<IDockviewPanelHeaderProps, 'api' | 'containerApi'>;

function ToolTab({ api, containerApi }: TabProps) {
  const { dock } = useApp();
  const [menu, openMenu] = useContextMenu();
  const tool = toolById.get(api.id);
  const Badge = tool?.badge;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tab around it has the role and the focus
    <span
      className={styles.tab}
      onContextMenu={(event) =>
        openMenu(event, [
          [
            {
              label: 'Close',
              icon: 'close',
              run: () => {
                const panel = containerApi.getPanel(api.id);
                if (panel !== undefined) void dock.close([panel]);
              },
            },
          ],
        ])
      }
    >
      {tool !== undefined && tool.plainTab !== true && <Icon name={tool.icon} />}
      <span>{api.title}</span>
      {Badge !== undefined && <Badge />}
      {menu}
    </span>
  );
}

function FileTab({ api, containerApi, target }: TabProps & { readonly target: EditorTarget }) {
  const { dock } = useApp();
  const { documents, configurations, plugins } = useStores();
  const [menu, openMenu] = useContextMenu();
  const title = api.title ?? '';
  const isFile = target.kind === 'file';
  const isFileDirty = useStore(
    documents,
    (state) => isFile && state.documents[documentUri(target.folder, target.path)]?.dirty === true,
  );
  const isConfigurationDirty = useStore(
    configurations,
    (state) => target.kind === 'configuration' && state.configurations[target.folder]?.draft !== undefined,
  );
  const dirty = isFileDirty || isConfigurationDirty;
  const isAmbiguous = useStore(dock, (state) => state.ambiguous.includes(title));
  const pluginName = useStore(plugins, (state) => state.plugins.find(({ folder }) => folder === target.folder)?.name);
  const path = isFile ? target.path : '';
  const where = isAmbiguous
    ? [pluginName, path.slice(0, Math.max(0, path.lastIndexOf('/')))].filter(Boolean).join('/')
    : undefined;

  const tab = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = () => tab.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    const showInFront = () => api.isVisible && show();
    showInFront();
    // A strip that was just restored has no width yet, and tabs get their titles one by one.
    const resizes = new ResizeObserver(showInFront);
    const strip = tab.current?.closest('.dv-tabs-container');
    for (const element of [strip, tab.current]) if (element) resizes.observe(element);
    const listeners = [api.onDidActiveChange(showInFront), api.onDidVisibilityChange(showInFront)];
    return () => {
      resizes.disconnect();
      for (const listener of listeners) listener.dispose();
    };
  }, [api]);

  const close = (which: 'this' | 'others' | 'all') => {
    const panels = containerApi.getPanel(api.id)?.group.panels.filter((panel) => targetOf(panel) !== undefined) ?? [];
    void dock.close(panels.filter(({ id }) => which === 'all' || (id === api.id) === (which === 'this')));
  };
  const split = () => {
    const panel = containerApi.getPanel(api.id);
    if (panel !== undefined) dock.splitRight(panel);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tab around it has the role and the focus
    <span
      ref={tab}
      className={styles.tab}
      title={isFile ? path : title}
      onAuxClick={(event) => event.button === 1 && close('this')}
      onContextMenu={(event) =>
        openMenu(event, [
          [
            { label: 'Close', icon: 'close', run: () => close('this') },
            { label: 'Close others', run: () => close('others') },
            { label: 'Close all', run: () => close('all') },
          ],
          [{ label: 'Split right', icon: 'split-horizontal', run: split }],
          isFile ? [{ label: 'Copy path', icon: 'copy', run: () => void navigator.clipboard.writeText(path) }] : [],
        ])
      }
    >
      <Icon name={isFile ? fileIcon(title) : target.kind === 'sample' ? 'beaker' : 'settings'} />
      <span>{title}</span>
      {where !== undefined && <span className={styles.where}>{where}</span>}
      <button
        type="button"
        className={styles.close}
        data-dirty={dirty || undefined}
        aria-label={dirty ? `Close ${title}, not saved` : `Close ${title}`}
        tabIndex={-1}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          close('this');
        }}
      >
        <Icon name="close" size={14} className={styles.cross ?? ''} />
        {dirty && <span className={styles.dirty} />}
      </button>
      {menu}
    </span>
  );
}
