/**
 * Everything by name: commands with their keys, files by a few letters. The focus goes back to where it was when the
 * palette closes.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { fileName } from '../editor/document-uri';
import { fileIcon } from '../editor/file-icon';
import { useStores } from '../stores/context';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { useApp } from './app-context';
import type { FileIndex, IndexedFile } from './file-index';
import { rank } from './fuzzy';
import styles from './palette.module.css';
import type { PaletteStore } from './palette-store';
import { useCommands } from './use-commands';

interface Entry {
  readonly key: string;
  readonly icon: string;
  readonly title: string;
  readonly detail?: string;
  readonly keys?: string;
  readonly at: readonly number[];
  run(): void;
}

const MOST = 60;
const NO_FILES: readonly IndexedFile[] = [];

interface PaletteProps {
  readonly palette: PaletteStore;
  readonly files: FileIndex;
}

export function Palette({ palette, files }: PaletteProps) {
  const open = useStore(palette, (state) => state.open);
  return open && <OpenPalette palette={palette} files={files} />;
}

function OpenPalette({ palette, files }: PaletteProps) {
  const text = useStore(palette, (state) => state.text);
  const entries = useEntries(text, files);
  const [index, setIndex] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const shown = Math.min(index, Math.max(0, entries.length - 1));

  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      // A command may have moved the focus on; only what would be lost goes back.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);

  useEffect(() => {
    list.current?.children[shown]?.scrollIntoView({ block: 'nearest' });
  }, [shown]);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    palette.hide();
    // After the focus is back where the command expects it.
    setTimeout(() => entry.run());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) setIndex((shown + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') choose(entries[shown]);
    else if (event.key === 'Escape') palette.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches what misses the palette
    <div className={styles.backdrop} onMouseDown={(event) => event.target === event.currentTarget && palette.hide()}>
      <div role="dialog" aria-label="Command palette" className={styles.palette}>
        <div className={styles.field}>
          <Icon name="search" />
          <input
            ref={input}
            role="combobox"
            aria-label="Search files and commands"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${shown}`}
            aria-autocomplete="list"
            className={styles.input}
            placeholder="Search files by name, or type > for commands"
            spellCheck={false}
            value={text}
            onChange={(event) => {
              palette.type(event.currentTarget.value);
              setIndex(0);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => palette.hide()}
          />
        </div>
        <div ref={list} id={listId} role="listbox" aria-label="Results" tabIndex={-1} className={styles.list}>
          {entries.map((entry, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
            <div
              key={entry.key}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === shown}
              aria-label={entry.title}
              tabIndex={-1}
              className={styles.entry}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(entry)}
            >
              <Icon name={entry.icon} />
              <Highlighted text={entry.title} at={entry.at} />
              {entry.detail !== undefined && <span className={styles.detail}>{entry.detail}</span>}
              {entry.keys !== undefined && <Kbd keys={entry.keys} />}
            </div>
          ))}
        </div>
        {entries.length === 0 && (
          <p className={styles.empty}>Nothing matches. {text.startsWith('>') ? '' : 'Type > to look for commands.'}</p>
        )}
      </div>
    </div>
  );
}

function Highlighted({ text, at }: { readonly text: string; readonly at: readonly number[] }) {
  const matched = new Set(at);
  return (
    <span className={styles.title}>
      {[...text].map((letter, index) =>
        matched.has(index) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a letter has no other identity
          <b key={index}>{letter}</b>
        ) : (
          letter
        ),
      )}
    </span>
  );
}

function useEntries(text: string, files: FileIndex): readonly Entry[] {
  const { commands, plugins, workbench, notices } = useStores();
  const { dock } = useApp();
  const registered = useCommands();
  const opened = useStore(plugins, (state) => state.plugins);
  const [found, setFound] = useState(NO_FILES);

  useEffect(() => {
    let current = true;
    files.list(opened.map(({ folder }) => folder)).then((all) => current && setFound(all), notices.report);
    return () => {
      current = false;
    };
  }, [files, opened, notices]);

  return useMemo(() => {
    if (text.startsWith('>')) {
      const enabled = registered.filter(({ isEnabled }) => isEnabled?.() !== false);
      return rank(text.slice(1).trim(), enabled, ({ category, title }) => `${category}: ${title}`, MOST).map(
        ({ item, at }) => ({
          key: item.id,
          icon: item.icon,
          title: `${item.category}: ${item.title}`,
          at,
          run: () => commands.run(item.id),
          ...(item.isActive?.() === true ? { detail: 'active' } : {}),
          ...(item.key === undefined ? {} : { keys: item.key }),
        }),
      );
    }
    const names = new Map(opened.map(({ folder, name }) => [folder, name]));
    return rank(text.trim(), found, ({ path }) => path, MOST).map(({ item: { folder, path }, at }) => ({
      key: `${folder}\n${path}`,
      icon: fileIcon(fileName(path)),
      title: path,
      at,
      run() {
        workbench.openEditor({ kind: 'file', folder, path });
        dock.focusEditor();
      },
      ...(opened.length > 1 ? { detail: names.get(folder) ?? '' } : {}),
    }));
  }, [text, registered, found, opened, commands, workbench, dock]);
}
