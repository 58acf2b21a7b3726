/**
 * Keeps the arrangement between starts. Nothing is written before what was there has been read, so that a slow start
 * never overwrites a layout with the default.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { explorerStore } from '../panels/explorer';
import type { Stores } from '../stores/stores';
import { type Chrome, DEFAULT_CHROME } from './chrome-store';
import type { Dock } from './dock-interface';
import { LAYOUT_VERSION, readLayout, type SavedLayout } from './dock-layout';
import { openDrafts } from './open-drafts';

const PAUSE = 600;

export interface LayoutKeeper {
  /** Reads the settings and puts everything where it was. */
  restore(): Promise<void>;
  /** Saves a moment after the last change. */
  touch(): void;
  reset(): void;
}

interface LayoutParts {
  readonly client: StudioClient;
  readonly stores: Stores;
  readonly chrome: StoreApi<Chrome>;
  /** Made after the keeper, which it tells of its changes. */
  dock(): Dock;
  readonly toolIds: readonly string[];
}

export function createLayoutKeeper({ client, stores, chrome, dock, toolIds }: LayoutParts): LayoutKeeper {
  const { workbench, plugins, notices } = stores;
  const explorer = explorerStore(client, stores);
  let restored = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const current = (): SavedLayout | undefined => {
    const arrangement = dock().serialize();
    if (arrangement === undefined) return undefined;
    const { activeFolder, activeSamples } = workbench.getState();
    return {
      version: LAYOUT_VERSION,
      dock: arrangement,
      tools: toolIds,
      ...chrome.getState(),
      activeSamples,
      expanded: explorer.remembered(),
      ...(activeFolder === undefined ? {} : { activeFolder }),
    };
  };

  const save = () => {
    timer = undefined;
    const layout = current();
    if (layout === undefined || workbench.getState().connection !== 'open') return;
    client.studio.writeSettings({ layout }).catch(notices.report);
  };

  const touch = () => {
    if (!restored) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  /** The plugin, and a tab of it where other plugins have some. */
  const bringToFront = (folder: string) => {
    const { activeEditor } = dock().getState();
    if (activeEditor !== undefined && activeEditor.folder !== folder) {
      const own = dock().openTargets();
      dock().openEditor(
        own.find((target) => target.folder === folder) ?? { kind: 'file', folder, path: 'plugin.json' },
      );
    }
    workbench.setActiveFolder(folder);
  };

  const apply = (layout: SavedLayout) => {
    const opened = new Set(plugins.getState().plugins.map(({ folder }) => folder));
    chrome.setState({ sideVisible: layout.sideVisible, sideWidth: layout.sideWidth });
    explorer.remember(layout.expanded);
    dock().restore(layout.dock, layout.tools);
    dock().dropEditors(({ folder }) => !opened.has(folder));
    for (const [folder, sampleId] of Object.entries(layout.activeSamples)) {
      if (opened.has(folder)) workbench.setActiveSample(folder, sampleId);
    }
    const { activeFolder } = layout;
    if (activeFolder !== undefined && opened.has(activeFolder)) bringToFront(activeFolder);
  };

  workbench.subscribe(touch);
  chrome.subscribe(touch);
  explorer.subscribe(({ expanded }, { expanded: before }) => {
    if (expanded !== before) touch();
  });

  return {
    async restore() {
      const [settings] = await Promise.all([client.studio.readSettings({}), whenLoaded(stores)]);
      workbench.setState({ theme: settings.theme });
      const layout = readLayout(settings.layout, new Set(toolIds));
      if (layout !== undefined) apply(layout);
      for (const { folder } of plugins.getState().plugins) openDrafts(stores, dock(), folder);
      restored = true;
    },
    touch,
    reset() {
      chrome.setState(DEFAULT_CHROME);
      dock().reset();
    },
  };
}

function whenLoaded({ plugins }: Stores): Promise<void> {
  if (plugins.getState().loaded) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = plugins.subscribe(({ loaded }) => {
      if (!loaded) return;
      stop();
      resolve();
    });
  });
}
