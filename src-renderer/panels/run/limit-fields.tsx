/** What the runs of this sample may take: less than the plugin could have, which is said beside each. */
import { NumberInput } from '@mantine/core';
import type { EffectiveLimit, RunLimits } from '@shared/contracts';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import styles from './request-panel.module.css';
import { holdsText, LIMIT_FIELDS, withLimit } from './run-limits';

interface LimitFieldsProps {
  readonly folder: string;
  /** Of the request, in seconds. */
  readonly timeout: unknown;
  readonly limits: RunLimits | undefined;
  readonly disabled: boolean;
  readonly onTimeout: (seconds: number) => void;
  readonly onLimits: (limits: RunLimits | undefined) => void;
}

export function LimitFields({ folder, timeout, limits, disabled, onTimeout, onLimits }: LimitFieldsProps) {
  const present = usePresentLimits(folder);
  return (
    <section className={styles.limits} aria-label="Limits">
      <h3 className={styles.heading}>Limits</h3>
      <p className={styles.hint}>
        For this sample's runs only. With less memory, processor or events than it may have, the plugin gets a process
        of its own.
      </p>
      <fieldset disabled={disabled} className={styles.fields}>
        <Row label="Timeout" note="counted while the plugin can run">
          {(id) => (
            <NumberInput
              id={id}
              suffix=" s"
              min={0}
              allowNegative={false}
              hideControls
              value={typeof timeout === 'number' ? timeout : ''}
              onChange={(value) => {
                if (typeof value === 'number' && value > 0) onTimeout(value);
              }}
            />
          )}
        </Row>
        {LIMIT_FIELDS.map(({ name, label, suffix, least, kind }) => (
          <Row key={name} label={label} note={holdsText(present, kind)}>
            {(id) => (
              <LimitInput
                id={id}
                suffix={suffix}
                least={least}
                value={limits?.[name]}
                onChange={(value) => onLimits(withLimit(limits, name, value))}
              />
            )}
          </Row>
        ))}
      </fieldset>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly note: string;
  readonly children: (id: string) => ReactNode;
}

function Row({ label, note, children }: RowProps) {
  const id = useId();
  return (
    <div className={styles.limit}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      <span className={styles.holds}>{note}</span>
    </div>
  );
}

interface LimitInputProps {
  readonly id: string;
  readonly suffix: string;
  readonly least: number;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}

/** What is less than the least is being typed, or wrong: it is said, and does not count. */
function LimitInput({ id, suffix, least, value, onChange }: LimitInputProps) {
  const [typed, setTyped] = useState<number | undefined>(value);
  const isTooLittle = typed !== undefined && typed < least;
  return (
    <NumberInput
      id={id}
      suffix={suffix}
      placeholder="as it may"
      allowNegative={false}
      hideControls
      clampBehavior="none"
      error={isTooLittle ? `At least ${least}${suffix}` : undefined}
      value={typed ?? ''}
      onChange={(next) => {
        const wanted = typeof next === 'number' ? next : undefined;
        setTyped(wanted);
        onChange(wanted !== undefined && wanted >= least ? wanted : undefined);
      }}
    />
  );
}

/** What holds without them; read again when the registry's configuration changes, or the plugin's manifest. */
function usePresentLimits(folder: string): readonly EffectiveLimit[] | undefined {
  const client = useClient();
  const { notices } = useStores();
  const [present, setPresent] = useState<readonly EffectiveLimit[]>();
  useEffect(() => {
    let isGone = false;
    const read = () =>
      void client.plugins.readLimits({ folder }).then(
        (limits) => isGone || setPresent(limits),
        (error: unknown) => isGone || notices.report(error),
      );
    const stops = [client.studio.on('didChangeRegistry', read), client.workspace.on('didChangePlugins', read)];
    read();
    return () => {
      isGone = true;
      for (const stop of stops) stop();
    };
  }, [client, folder, notices]);
  return present;
}
