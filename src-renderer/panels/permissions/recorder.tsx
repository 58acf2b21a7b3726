/** Records what the plugin uses, whatever its manifest asks for, and proposes the least that it must ask for. */
import { Button, Switch } from '@mantine/core';
import type { PermissionState, Proposal } from '@shared/contracts';
import { useEffect, useMemo, useState } from 'react';
import { applyFix } from '../../stores/apply-fix';
import { useClient, useStores } from '../../stores/context';
import { Icon } from '../../ui/icon';
import { diffOf, keyOfUse, shownUses } from './model';
import styles from './permissions-panel.module.css';
import { SiteLink } from './site-link';

export function Recorder({ state }: { readonly state: PermissionState }) {
  const { permissions, notices } = useStores();
  const { folder, recording, proposal } = state;
  return (
    <section aria-label="Recorder" className={styles.recorder}>
      <Switch
        label="Record what the plugin uses"
        checked={recording}
        onChange={(event) => permissions.setRecording(folder, event.currentTarget.checked).catch(notices.report)}
      />
      <p className={styles.explanation}>
        {recording
          ? 'Recording. Run the plugin on samples that stand for all it does. What plugin.json does not ask for is asked of you instead of being refused.'
          : 'While it records, the plugin may use whatever you agree to, also what plugin.json does not ask for. From what was used comes the least that plugin.json must ask for.'}
      </p>
      {proposal !== undefined && (
        <>
          <Recorded folder={folder} proposal={proposal} recording={recording} />
          {(proposal.uses.length > 0 || !recording) && <ProposedChange folder={folder} proposal={proposal} />}
        </>
      )}
    </section>
  );
}

interface RecordedProps {
  readonly folder: string;
  readonly proposal: Proposal;
  readonly recording: boolean;
}

function Recorded({ folder, proposal, recording }: RecordedProps) {
  const uses = shownUses(proposal.uses, false);
  return (
    <>
      <h3 className={styles.heading}>Recorded</h3>
      {uses.length === 0 ? (
        <p className={styles.empty}>{recording ? 'Nothing yet. Run the plugin.' : 'Nothing was used.'}</p>
      ) : (
        <ul className={styles.list} aria-label="Recorded">
          {uses.map((use) => (
            <li key={keyOfUse(use)} className={styles.recorded}>
              <span className={styles.verdict} data-allowed={use.allowed}>
                {use.allowed ? 'allowed' : 'denied'}
              </span>
              <code className={styles.dim}>{use.permission}</code>
              <span className={styles.recordedWhat} title={use.what}>
                <bdi>{use.what}</bdi>
              </span>
              {use.count > 1 && <span className={styles.dim}>{use.count.toLocaleString('en')} times</span>}
              {use.site !== undefined && <SiteLink folder={folder} site={use.site} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const MANIFEST = 'plugin.json';

/** The file as it is on the disk: that is what the fix counts in. */
function useManifestText(folder: string, anew: unknown): string | undefined {
  const { workspace } = useClient();
  const { notices } = useStores();
  const [text, setText] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another proposal may be one for another text
  useEffect(() => {
    let stale = false;
    workspace.readFile({ folder, path: MANIFEST }).then(
      (file) => !stale && setText(file.text),
      (error: unknown) => !stale && notices.report(error),
    );
    return () => {
      stale = true;
    };
  }, [workspace, notices, folder, anew]);
  return text;
}

function ProposedChange({
  folder,
  proposal: { fix, hosts },
}: {
  readonly folder: string;
  readonly proposal: Proposal;
}) {
  const client = useClient();
  const stores = useStores();
  const { permissions, notices } = stores;
  const edits = fix?.edits;
  const text = useManifestText(folder, JSON.stringify(edits));
  const lines = useMemo(() => (text === undefined || edits === undefined ? [] : diffOf(text, edits)), [text, edits]);

  // The file may have changed since the proposal came: it is asked for once more.
  const apply = async () => {
    const latest = (await permissions.read(folder)).proposal?.fix;
    if (latest !== undefined) await applyFix(client, stores, folder, latest, async () => undefined);
  };
  return (
    <>
      <h3 className={styles.heading}>Proposed for plugin.json</h3>
      {fix === undefined ? (
        <p className={styles.empty}>
          <Icon name="pass" size={14} color="var(--ok)" /> It asks for just what was used.
        </p>
      ) : (
        <>
          <section aria-label="Change of plugin.json" className={styles.diff}>
            {lines.map(({ kind, text: line }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text
              <div key={index} className={styles.diffLine} data-kind={kind}>
                {`${kind === 'added' ? '+' : kind === 'removed' ? '-' : ' '} ${line}`}
              </div>
            ))}
          </section>
          <Button className={styles.apply ?? ''} onClick={() => apply().catch(notices.report)}>
            Apply to plugin.json
          </Button>
        </>
      )}
      {hosts.length > 0 && <p className={styles.explanation}>Hosts that it reached: {hosts.join(', ')}</p>}
    </>
  );
}
