/**
 * The configurations that were looked at, with what is unsaved in them. They belong to the window, not to a tab: a
 * text that is not saved lives until it is saved or given up.
 */
import type { ConfigState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { type Configuration, keepingMine, reverted, withAnswer, withState, withText } from './configurations-model';
import type { Drafts, DraftTarget } from './drafts';
import { notSaved } from './not-saved';

export { type Configuration, textOf, theirsOf } from './configurations-model';

export interface ConfigurationsState {
  /** By folder. */
  readonly configurations: Readonly<Record<string, Configuration>>;
}

export interface ConfigurationsStore extends StoreApi<ConfigurationsState> {
  /** Reads the configuration, and keeps it up to date from then on. Errors: those of config.read. */
  follow(folder: string): Promise<void>;
  isUnsaved(folder: string): boolean;
  setText(folder: string, text: string): void;
  /** Writes nothing where nothing is unsaved. False where the host refused it, or where the file has changed on disk; the configuration then says so. */
  save(folder: string): Promise<boolean>;
  /** Saves what is unsaved. False where one of them could not be saved. */
  saveAll(): Promise<boolean>;
  /** Gives up what is unsaved; the text is the file's again. */
  revert(folder: string): void;
  keepMine(folder: string): void;
  /** Not a part of the text: in force at once. Errors: those of config.setSecret. */
  setSecret(folder: string, pointer: string, value: string): Promise<void>;
  clearSecret(folder: string, pointer: string): Promise<void>;
  /** Out of the file that has it. Errors: those of config.moveSecret. */
  moveSecret(folder: string, pointer: string): Promise<void>;
  /** Stops following. What is unsaved is there again when the plugin is opened again in this browser. */
  leave(folder: string): void;
}

const targetOf = (folder: string): DraftTarget => ({ kind: 'configuration', folder });

export function createConfigurationsStore(
  client: Pick<StudioClient, 'config' | 'connection'>,
  drafts: Drafts,
  report: (error: unknown) => void,
): ConfigurationsStore {
  const store = createStore<ConfigurationsState>(() => ({ configurations: {} }));
  const get = (folder: string): Configuration | undefined => store.getState().configurations[folder];

  const set = (folder: string, next: Configuration) => {
    const before = get(folder)?.draft;
    store.setState(({ configurations }) => ({ configurations: { ...configurations, [folder]: next } }));
    if (next.draft === before) return;
    if (next.draft === undefined) drafts.drop(targetOf(folder));
    else drafts.touch(targetOf(folder), () => get(folder)?.draft);
  };

  const change = (folder: string, step: (configuration: Configuration) => Configuration) => {
    const before = get(folder);
    if (before !== undefined) set(folder, step(before));
  };

  const takeState = (state: ConfigState) => {
    const before = get(state.folder);
    const kept = before === undefined ? drafts.read(targetOf(state.folder)) : undefined;
    set(state.folder, withState(before, state, kept));
  };

  const follow = async (folder: string) => takeState(await client.config.read({ folder }));

  const saveNow = async (folder: string) => {
    const before = get(folder);
    // A file of what the plugin brings itself would hide its next version.
    if (before?.draft === undefined) return true;
    const { text, version } = before.draft;
    change(folder, (configuration) => ({ ...configuration, saving: true }));
    try {
      const answer = await client.config.save({ folder, text, expectedVersion: version });
      change(folder, (configuration) => withAnswer(configuration, text, answer));
      return answer.accepted;
    } catch (error) {
      if (isStudioError(error, 'rpc/closed')) throw notSaved(before.state.file.path, error);
      if (!isStudioError(error, 'workspace/changed-on-disk')) throw error;
      // The configuration says what is on disk, and the text stays.
      await follow(folder);
      return false;
    } finally {
      change(folder, (configuration) => ({ ...configuration, saving: false }));
    }
  };

  const turns = new Map<string, Promise<boolean>>();

  /** One save after the other: the next begins from what the one before has written. */
  const save = (folder: string): Promise<boolean> => {
    const next = () => saveNow(folder);
    const turn = (turns.get(folder) ?? Promise.resolve(true)).then(next, next);
    turns.set(folder, turn);
    return turn;
  };

  const isUnsaved = (folder: string) => get(folder)?.draft !== undefined;

  client.config.on('didChange', (state) => {
    if (get(state.folder) !== undefined) takeState(state);
  });
  client.connection.onDidReconnect.on(() => {
    for (const folder of Object.keys(store.getState().configurations)) follow(folder).catch(report);
  });

  return {
    ...store,
    follow,
    isUnsaved,
    setText: (folder, text) => change(folder, (configuration) => withText(configuration, text)),
    save,
    async saveAll() {
      const unsaved = Object.keys(store.getState().configurations).filter(isUnsaved);
      return (await Promise.all(unsaved.map(save))).every(Boolean);
    },
    revert: (folder) => change(folder, reverted),
    setSecret: async (folder, pointer, value) => takeState(await client.config.setSecret({ folder, pointer, value })),
    clearSecret: async (folder, pointer) => takeState(await client.config.clearSecret({ folder, pointer })),
    moveSecret: async (folder, pointer) => takeState(await client.config.moveSecret({ folder, pointer })),
    keepMine: (folder) => change(folder, keepingMine),
    leave(folder) {
      drafts.flush();
      turns.delete(folder);
      store.setState(({ configurations: { [folder]: _, ...configurations } }) => ({ configurations }));
    },
  };
}
