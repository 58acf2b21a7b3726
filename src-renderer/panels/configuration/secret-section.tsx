/** The secrets of a configuration: whether each is set, and fields to set one, which show nothing of what is kept. */

import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { ConfigState, SecretState } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import { type FormEvent, useId, useState } from 'react';
import { useStores } from '../../stores/context';
import { pointerIn, stateInWords } from './secret-schema';
import classes from './secret-section.module.css';

export function SecretSection({ state }: { readonly state: ConfigState }) {
  if (state.secrets.length === 0) return null;
  const { folder, secretsKept } = state;
  return (
    <section aria-label="Secrets" className={classes.section}>
      <h3>Secrets</h3>
      <p className={classes.dim}>
        No part of the YAML: what is set here is kept {secretsKept}. In logs, events and runs there are dots instead.
      </p>
      <ul>
        {state.secrets.map((secret) =>
          secret.kind === 'map' ? (
            <NewSecret key={`${secret.pointer}/`} folder={folder} map={secret} />
          ) : (
            <KeptSecret key={secret.pointer} folder={folder} secret={secret} />
          ),
        )}
      </ul>
    </section>
  );
}

interface SecretProps {
  readonly folder: string;
  readonly secret: SecretState;
}

/** Runs one change at a time; what the host refuses is said beside the field. */
function useChange() {
  const { notices } = useStores();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (failure) {
      if (isStudioError(failure)) setError(failure.message);
      else notices.report(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { error, busy, change };
}

function KeptSecret({ folder, secret }: SecretProps) {
  const { configurations } = useStores();
  const { pointer, title, description, from, file, isUnused } = secret;
  const [value, setValue] = useState('');
  const { error, busy, change } = useChange();
  const stateId = useId();
  const isKept = from === 'store';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await change(() => configurations.setSecret(folder, pointer, value))) setValue('');
  };
  return (
    <li>
      <form aria-label={title} onSubmit={save} className={classes.row}>
        <PasswordInput
          className={classes.value}
          label={
            <>
              {title} <code>{pointer}</code>
            </>
          }
          description={description}
          error={error}
          autoComplete="new-password"
          spellCheck={false}
          placeholder={isKept ? '••••••' : ''}
          aria-describedby={stateId}
          disabled={isUnused}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={value === ''}>
          {isKept ? 'Replace' : 'Set'}
        </Button>
        {isKept && (
          <Button
            aria-label={`Clear ${title}`}
            disabled={busy}
            onClick={() => void change(() => configurations.clearSecret(folder, pointer))}
          >
            Clear
          </Button>
        )}
      </form>
      <p id={stateId} className={file === undefined ? classes.dim : classes.open}>
        {stateInWords(secret)}
        {file !== undefined && (
          <Button disabled={busy} onClick={() => void change(() => configurations.moveSecret(folder, pointer))}>
            {isKept ? `Take it out of ${file}` : 'Move to the secret store'}
          </Button>
        )}
      </p>
    </li>
  );
}

function NewSecret({ folder, map }: { readonly folder: string; readonly map: SecretState }) {
  const { configurations } = useStores();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const { error, busy, change } = useChange();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const pointer = pointerIn(map.pointer, name.trim());
    if (!(await change(() => configurations.setSecret(folder, pointer, value)))) return;
    setName('');
    setValue('');
  };
  return (
    <li>
      <form aria-label={map.title} onSubmit={add} className={classes.row}>
        <TextInput
          className={classes.name}
          label={
            <>
              {map.title}: name of a new one <code>{map.pointer}</code>
            </>
          }
          description={map.description}
          autoComplete="off"
          spellCheck={false}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <PasswordInput
          className={classes.value}
          label="Secret"
          error={error}
          autoComplete="new-password"
          spellCheck={false}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Button type="submit" loading={busy} disabled={name.trim() === '' || value === ''}>
          Add
        </Button>
      </form>
    </li>
  );
}
