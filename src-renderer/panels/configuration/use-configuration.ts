/**
 * The configuration of one plugin with the person's unsaved text over it. While nothing is unsaved the text follows
 * the disk; once something is, a change on disk is told and the person chooses.
 */
import type { ConfigProblem, ConfigState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { useCallback, useEffect, useState } from 'react';
import { useClient, useStores } from '../../stores/context';

export interface Configuration {
  readonly state: ConfigState | undefined;
  readonly text: string;
  readonly dirty: boolean;
  /** Why the last save was refused; gone with the next change. */
  readonly refused: readonly ConfigProblem[];
  /** What the file holds now, where that is not what the unsaved text began from. */
  readonly theirs: string | undefined;
  readonly saving: boolean;
  setText(text: string): void;
  save(): Promise<void>;
  revert(): void;
  keepMine(): void;
}

export function useConfiguration(folder: string): Configuration {
  const client = useClient();
  const { notices } = useStores();
  const [state, setState] = useState<ConfigState>();
  const [draft, setDraft] = useState<string>();
  /** Version of the file that the unsaved text began from. */
  const [base, setBase] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly ConfigProblem[]>([]);
  const [saving, setSaving] = useState(false);

  useEffect(() => {
    const read = () => client.config.read({ folder }).then(setState, notices.report);
    void read();
    const stops = [
      client.config.on('didChange', (next) => next.folder === folder && setState(next)),
      client.connection.onDidReconnect.on(() => void read()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, folder, notices]);

  const onDisk = state?.file.text ?? '';
  const version = state?.file.version ?? null;
  const dirty = draft !== undefined && draft !== onDisk;
  const text = dirty ? draft : onDisk;

  const setText = useCallback(
    (next: string) => {
      setRefused([]);
      setDraft((before) => {
        if (before === undefined || before === onDisk) setBase(version);
        return next === onDisk ? undefined : next;
      });
    },
    [onDisk, version],
  );

  const save = useCallback(async () => {
    setSaving(true);
    try {
      const answer = await client.config.save({ folder, text, expectedVersion: dirty ? base : version });
      setState(answer.state);
      setRefused(answer.problems);
      if (answer.accepted) {
        // What was typed while the save was under way stays, based on what is now saved.
        setDraft((typed) => (typed === text ? undefined : typed));
        setBase(answer.state.file.version);
      }
    } catch (error) {
      // The banner offers what to do; the text stays.
      if (isStudioError(error, 'workspace/changed-on-disk'))
        await client.config.read({ folder }).then(setState, notices.report);
      else notices.report(error);
    } finally {
      setSaving(false);
    }
  }, [client, folder, text, dirty, base, version, notices]);

  return {
    state,
    text,
    dirty,
    refused,
    theirs: dirty && version !== base ? onDisk : undefined,
    saving,
    setText,
    save,
    revert() {
      setDraft(undefined);
      setRefused([]);
    },
    keepMine: () => setBase(version),
  };
}
