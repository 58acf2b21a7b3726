/** What Run would send, to look at and change: as a form or as JSON, one document, kept for each sample. */
import { Button, SegmentedControl } from '@mantine/core';
import type { Sample } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import { useState } from 'react';
import { sampleKey } from '../../stores/runs';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { LimitFields } from './limit-fields';
import { OverrideRows } from './override-rows';
import { RequestForm } from './request-form';
import { RequestJson } from './request-json-editor';
import styles from './request-panel.module.css';
import { TypedRequestForm } from './typed-request-form';
import { useActiveSample, usePluginType } from './use-active-sample';
import { useRequest } from './use-request';

export function RequestPanel() {
  const { folder, sample } = useActiveSample();
  if (folder === undefined || sample === undefined) {
    return (
      <EmptyState icon="json" title="No request yet">
        Choose a sample to see the request that it is sent in.
      </EmptyState>
    );
  }
  return <RequestOfSample key={sampleKey(folder, sample.id)} folder={folder} sample={sample} />;
}

function RequestOfSample({ folder, sample }: { readonly folder: string; readonly sample: Sample }) {
  const request = useRequest(folder, sample);
  const [form, setForm] = useState<'form' | 'json'>('form');
  const { document, edits, failure } = request;
  const Form = usePluginType(folder) === 'analyzer' ? RequestForm : TypedRequestForm;
  const isEdited = edits.request !== undefined || edits.draft !== undefined;

  if (document === undefined) {
    if (failure === undefined) return <Skeleton rows={8} label="Making the request" />;
    return (
      <EmptyState
        icon="error"
        title="The request cannot be made"
        actions={<Button onClick={request.retry}>Try again</Button>}
      >
        {messageOf(failure)}
      </EmptyState>
    );
  }
  return (
    <div className={styles.root}>
      <Toolbar label="Request">
        <SegmentedControl
          aria-label="Show the request as"
          data={[
            { value: 'form', label: 'Form' },
            { value: 'json', label: 'JSON' },
          ]}
          value={form}
          onChange={(value) => setForm(value as 'form' | 'json')}
        />
        {isEdited && <Chip color="var(--accent)">edited</Chip>}
        <Spacer />
        <CopyButton label="Copy the request as JSON" text={() => JSON.stringify(document, undefined, 2)} />
        <Button disabled={!isEdited} onClick={request.reset}>
          Reset
        </Button>
      </Toolbar>
      {sample.kind === 'folder' && (
        <p className={styles.note}>
          This is the request of the first file. Each file gets its own text, id and time; what you change goes for all.
        </p>
      )}
      <div className={styles.body}>
        {form === 'json' ? (
          <RequestJson folder={folder} sampleId={sample.id} request={request} document={document} />
        ) : (
          <div className={styles.form}>
            {edits.draft !== undefined && (
              <p role="alert" className={styles.draft}>
                The JSON cannot be read, so nothing runs: {edits.draft.problem}{' '}
                <button type="button" className={styles.link} onClick={() => setForm('json')}>
                  Show it
                </button>
              </p>
            )}
            <Form folder={folder} document={document} disabled={edits.draft !== undefined} onChange={request.change} />
            <LimitFields
              folder={folder}
              timeout={document.timeout}
              limits={edits.limits}
              disabled={edits.draft !== undefined}
              onTimeout={(timeout) => request.change({ ...document, timeout })}
              onLimits={request.setLimits}
            />
            <OverrideRows rows={edits.config ?? []} onChange={request.setConfig} />
          </div>
        )}
      </div>
    </div>
  );
}
