/** What would allow what a run was denied: the fix where plugin.json must ask for it, else the place to grant it. */
import { Button } from '@mantine/core';
import type { Run } from '@shared/contracts';
import { useStore } from 'zustand';
import { applyProblemFix } from '../../stores/apply-fix';
import { useClient, useStores } from '../../stores/context';
import styles from './outcome-block.module.css';
import { denialsOf } from './run-outcome';

export function DenialActions({ run }: { readonly run: Run }) {
  const client = useClient();
  const stores = useStores();
  const diagnostics = useStore(stores.plugins, (state) => state.diagnostics[run.folder]);
  const denials = denialsOf(run, diagnostics ?? []);
  return (
    <div className={styles.remedies}>
      {denials.flatMap((denial) =>
        (denial.fixes ?? []).map((fix) => (
          <Button
            key={fix.title}
            onClick={() => applyProblemFix(client, stores, run.folder, denial, fix).catch(stores.notices.report)}
          >
            {fix.title}
          </Button>
        )),
      )}
      <Button onClick={() => stores.workbench.revealPanel('permissions')}>Show permissions</Button>
    </div>
  );
}
