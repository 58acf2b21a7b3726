/** What the plugin answered, as it came, also where it breaks the contract. */
import { SegmentedControl } from '@mantine/core';
import type { Run } from '@shared/contracts';
import { useMemo, useState } from 'react';
import { CodeEditor } from '../../editor/code-editor';
import { CopyButton } from '../../ui/copy-button';
import { EmptyState } from '../../ui/empty-state';
import { formatBytes, formatCount } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { ValueTree } from '../../ui/value-tree';
import { ResponseProblems } from './outcome-block';
import styles from './response-panel.module.css';
import { useActiveSample, useEndedRun } from './use-active-sample';

export function ResponsePanel() {
  const { folder, sample } = useActiveSample();
  const run = useEndedRun(folder, sample?.id);
  if (run === undefined) {
    return (
      <EmptyState icon="reply" title="No response yet">
        Run the plugin on a sample to see what it answers.
      </EmptyState>
    );
  }
  if (run.response === undefined) {
    return (
      <EmptyState icon="reply" title="No response">
        {run.outcome === 'success'
          ? 'The run had nothing to send.'
          : 'The plugin did not come to an answer in this run.'}
      </EmptyState>
    );
  }
  return <ResponseOfRun key={run.runId} run={run} />;
}

function ResponseOfRun({ run }: { readonly run: Run }) {
  const [form, setForm] = useState<'tree' | 'json'>('tree');
  const text = useMemo(() => JSON.stringify(run.response, undefined, 2) ?? '', [run.response]);
  const bytes = useMemo(() => new Blob([text]).size, [text]);
  return (
    <div className={styles.root}>
      <Toolbar label="Response">
        <SegmentedControl
          aria-label="Show the response as"
          data={[
            { value: 'tree', label: 'Tree' },
            { value: 'json', label: 'JSON' },
          ]}
          value={form}
          onChange={(value) => setForm(value as 'tree' | 'json')}
        />
        <Spacer />
        <span className={styles.size}>{formatBytes(bytes)}</span>
        <CopyButton label="Copy the response as JSON" text={() => text} />
      </Toolbar>
      {run.responseProblems.length > 0 && (
        <section className={styles.problems} aria-label="Problems">
          <h3 className={styles.title}>
            <Icon name="error" size={14} color="var(--critical)" />
            {formatCount(run.responseProblems.length, 'problem')}: the platform would refuse this response
          </h3>
          <ResponseProblems problems={run.responseProblems} />
        </section>
      )}
      {run.progress !== undefined && run.progress.done > 1 && (
        <p className={styles.note}>The response for the last of {formatCount(run.progress.done, 'file')}.</p>
      )}
      <div className={styles.body}>
        {form === 'tree' ? (
          <ValueTree label="Response" value={run.response} depth={1} />
        ) : (
          <CodeEditor
            label="Response as JSON"
            uri={`response://studio/${run.runId}.json`}
            text={text}
            language="json"
            readOnly
          />
        )}
      </div>
    </div>
  );
}
