/** How each manifest is looked at: as a form, as JSON, or as both. It belongs to the window, so that commands reach it. */
import type { Dispose } from '@shared/rpc';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Stores } from '../../stores/stores';

export type ManifestView = 'form' | 'split' | 'json';

/** By plugin folder; both where nobody has chosen. */
type ManifestViews = Readonly<Record<string, ManifestView>>;

const made = new WeakMap<Stores, StoreApi<ManifestViews>>();

/** The one of these stores. */
export function manifestViewsOf(stores: Stores): StoreApi<ManifestViews> {
  const existing = made.get(stores);
  if (existing !== undefined) return existing;
  const created = createStore<ManifestViews>(() => ({}));
  made.set(stores, created);
  return created;
}

const CHOICES: readonly (readonly [view: ManifestView, title: string, icon: string])[] = [
  ['form', 'Form', 'list-unordered'],
  ['split', 'Form and JSON', 'split-horizontal'],
  ['json', 'JSON', 'json'],
];

export function registerManifestCommands(stores: Stores): Dispose {
  const { commands, workbench } = stores;
  const views = manifestViewsOf(stores);
  const folder = () => workbench.getState().activeFolder;
  const disposes = CHOICES.map(([view, title, icon]) =>
    commands.register({
      id: `manifest.${view}`,
      title,
      category: 'Manifest',
      icon,
      isEnabled: () => folder() !== undefined,
      run() {
        const active = folder();
        if (active === undefined) return;
        views.setState({ [active]: view });
        workbench.openEditor({ kind: 'file', folder: active, path: 'plugin.json' });
      },
    }),
  );
  return () => {
    for (const dispose of disposes) dispose();
  };
}
