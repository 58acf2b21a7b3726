/** The request of any type but the analyzer's, as a form made from the contract's schema. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useClient, useStores } from '../../stores/context';
import type { RequestDocument } from '../../stores/request-edits';
import { SchemaForm } from '../../ui/schema-form';
import styles from './request-panel.module.css';
import { type FieldChoices, formSchema, REQUEST_SCHEMAS } from './request-schema';
import { usePluginType } from './use-active-sample';

interface TypedRequestFormProps {
  readonly folder: string;
  readonly document: RequestDocument;
  readonly disabled: boolean;
  readonly onChange: (document: RequestDocument) => void;
}

export function TypedRequestForm({ folder, document, disabled, onChange }: TypedRequestFormProps) {
  const type = usePluginType(folder);
  const client = useClient();
  const { notices } = useStores();
  const [choices, setChoices] = useState<FieldChoices>();
  const schema = useMemo(() => formSchema(REQUEST_SCHEMAS[type], choices ?? {}, document), [type, choices, document]);
  const events = Array.isArray(document.events) ? document.events.length : undefined;
  return (
    <>
      {choices === undefined && events === undefined && (
        <p className={styles.hint}>
          The plugin names what it supports.{' '}
          <Button
            size="compact-xs"
            // Asking starts the plugin, which is for the person to begin.
            onClick={() => void client.runs.listChoices({ folder }).then(setChoices, notices.report)}
          >
            Ask it
          </Button>
        </p>
      )}
      {events !== undefined && (
        <p className={styles.hint}>
          {events === 1 ? 'One event is sent.' : `${events.toLocaleString('en')} events are sent, one after the other.`}{' '}
          They are in the JSON of this request.
        </p>
      )}
      <SchemaForm
        label="Request"
        schema={schema}
        value={{ ...document }}
        problems={[]}
        disabled={disabled}
        onChange={(value) => onChange(value)}
      />
      <p className={styles.hint}>What the form does not show, such as free maps, stays as the JSON has it.</p>
    </>
  );
}
