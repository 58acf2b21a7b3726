/**
 * Chooses a folder or file of the machine the host runs on, which in a browser need not be this one. The path can be
 * typed, with the folder's entries as completion, or walked to in the list.
 */
import { Button, TextInput } from '@mantine/core';
import type { BrowseResult } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StudioClient } from '../../client/studio-client';
import { fileIcon } from '../../editor/file-icon';
import { Chip } from '../../ui/chip';
import { Dialog } from '../../ui/dialog';
import { askWith } from '../../ui/dialogs';
import { Icon } from '../../ui/icon';
import styles from './browse-dialog.module.css';
import { folderOfInput, matchingEntries } from './browse-model';

export interface PathQuestion {
  readonly title: string;
  readonly pick: 'folder' | 'file';
  readonly submitLabel: string;
  /** What is done with the path; what it throws is said in the dialog, which stays open. */
  take(path: string): Promise<void>;
}

export const askForPath = (client: StudioClient, question: PathQuestion): Promise<void> =>
  askWith<void>((answer) => <BrowseDialog {...question} client={client} onClose={() => answer(undefined)} />);

interface BrowseDialogProps extends PathQuestion {
  readonly client: StudioClient;
  onClose(): void;
}

function BrowseDialog({ title, pick, submitLabel, take, client, onClose }: BrowseDialogProps) {
  const [input, setInput] = useState('');
  const [listing, setListing] = useState<BrowseResult>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);

  const enter = (path?: string) =>
    client.workspace.browse(path === undefined ? {} : { path }).then(
      (result) => {
        setListing(result);
        setInput(withSlash(result.path));
        setProblem(undefined);
      },
      (error: unknown) => setProblem(messageOf(error)),
    );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the beginning
  useEffect(() => void enter(), []);

  const type = (text: string) => {
    setInput(text);
    setProblem(undefined);
    const folder = folderOfInput(text);
    if (folder === '' || folder === withSlash(listing?.path ?? '')) return;
    // A folder that is not there yet is only a path that is still being typed.
    client.workspace.browse({ path: folder }).then(setListing, () => undefined);
  };

  const submit = async (path: string) => {
    setBusy(true);
    try {
      await take(path);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  const entries = listing === undefined ? [] : matchingEntries(listing, input, pick);

  const onFieldKey = (event: KeyboardEvent) => {
    const first = entries[0];
    if (event.key === 'Tab' && !event.shiftKey && first !== undefined && input !== '' && !input.endsWith('/')) {
      event.preventDefault();
      if (first.kind === 'folder') void enter(first.path);
      else setInput(first.path);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('[role=option]')?.focus();
    }
  };

  const onListKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=option]')];
    rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(event.target as HTMLElement) + step))]?.focus();
  };

  const chooseNatively = async () => {
    const path = await client.native?.chooseFolder();
    if (path !== undefined) await submit(path);
  };

  return (
    <Dialog
      title={title}
      width={620}
      onClose={onClose}
      submitLabel={submitLabel}
      canSubmit={input !== '' && !busy}
      onSubmit={() => void submit(trimSlash(input))}
      extra={
        pick === 'folder' &&
        client.native !== undefined && <Button onClick={() => void chooseNatively()}>Choose…</Button>
      }
    >
      <TextInput
        data-autofocus
        label={pick === 'folder' ? 'Folder' : 'File'}
        description="Tab completes a name."
        value={input}
        error={problem}
        spellCheck={false}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onFieldKey}
      />
      <div ref={list} role="listbox" aria-label="Entries" tabIndex={-1} className={styles.list} onKeyDown={onListKey}>
        {listing?.parent !== undefined && (
          <Entry
            icon="arrow-up"
            name=".."
            label="Parent folder"
            onChoose={() => undefined}
            onOpen={() => void enter(listing.parent)}
          />
        )}
        {entries.map(({ name, path, kind, isPlugin }) => (
          <Entry
            key={path}
            icon={kind === 'folder' ? 'folder' : fileIcon(name)}
            name={name}
            isPlugin={isPlugin}
            onChoose={() => setInput(path)}
            onOpen={() => void (kind === 'folder' && !(isPlugin && pick === 'folder') ? enter(path) : submit(path))}
          />
        ))}
      </div>
    </Dialog>
  );
}

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);
const trimSlash = (path: string) => (path.length > 1 ? path.replace(/\/+$/, '') : path);

interface EntryProps {
  readonly icon: string;
  readonly name: string;
  readonly label?: string;
  readonly isPlugin?: boolean;
  onChoose(): void;
  /** A double click, or Enter. */
  onOpen(): void;
}

const Entry = ({ icon, name, label, isPlugin = false, onChoose, onOpen }: EntryProps) => (
  <div
    role="option"
    aria-selected={false}
    aria-label={label ?? name}
    tabIndex={-1}
    className={styles.entry}
    onClick={onChoose}
    onDoubleClick={onOpen}
    onKeyDown={(event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      onOpen();
    }}
  >
    <Icon name={icon} color={isPlugin ? 'var(--accent)' : 'var(--dim)'} />
    <span className={styles.name}>{name}</span>
    {isPlugin && <Chip color="var(--accent)">plugin</Chip>}
  </div>
);
