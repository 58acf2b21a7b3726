/** What went wrong with a run, why, and what to do next. Places in the plugin's code can be opened. */
import { Button } from '@mantine/core';
import type { Run } from '@shared/contracts';
import type { StudioError } from '@shared/errors';
import type { ReactNode } from 'react';
import { useStores } from '../../stores/context';
import type { PanelId } from '../../stores/workbench';
import { CopyButton } from '../../ui/copy-button';
import { formatCount } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { DenialActions } from './denial-actions';
import styles from './outcome-block.module.css';
import { describeOutcome, isLimitOfRun, type Tone, wasDenied } from './run-outcome';
import { partsOfStack } from './stack-links';

interface BlockProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

const ICONS: Readonly<Record<Tone, string>> = { error: 'error', warning: 'warning', info: 'info' };

const Block = ({ tone, title, children, actions }: BlockProps) => (
  <section className={styles.block} data-tone={tone} aria-label={title} role={tone === 'error' ? 'alert' : 'status'}>
    <div className={styles.head}>
      <Icon name={ICONS[tone]} size={16} className={styles.icon ?? ''} />
      <h3 className={styles.title}>{title}</h3>
      {actions}
    </div>
    {children !== undefined && <div className={styles.text}>{children}</div>}
  </section>
);

function PanelButton({ panel, children }: { readonly panel: PanelId; readonly children: ReactNode }) {
  const { workbench } = useStores();
  return <Button onClick={() => workbench.revealPanel(panel)}>{children}</Button>;
}

export function OutcomeBlock({ run }: { readonly run: Run }) {
  const outcome = describeOutcome(run);
  return (
    <>
      {outcome !== undefined && (
        <Block
          tone={outcome.tone}
          title={outcome.title}
          actions={
            run.outcome === 'invalid-response' ? (
              <PanelButton panel="response">Show the response</PanelButton>
            ) : isLimitOfRun(run) ? (
              <PanelButton panel="request">Show the limits</PanelButton>
            ) : run.outcome === 'crashed' || run.outcome === 'timeout' ? (
              <PanelButton panel="plugin-log">Show the log</PanelButton>
            ) : undefined
          }
        >
          {outcome.message !== '' && (
            <p className={styles.message}>
              <Linked text={outcome.message} folder={run.folder} />
            </p>
          )}
          {run.outcome === 'invalid-response' && <ResponseProblems problems={run.responseProblems} />}
          {outcome.stack !== undefined && <Stack stack={outcome.stack} folder={run.folder} />}
          <p className={styles.advice}>{outcome.advice}</p>
          {wasDenied(run) && <DenialActions run={run} />}
        </Block>
      )}
      {run.warnings.length > 0 && <Warnings key={run.runId} run={run} />}
    </>
  );
}

/** A problem begins with the JSON pointer of the value that is wrong. */
export function ResponseProblems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <ul className={styles.problems} aria-label="Problems of the response">
      {problems.map((problem) => {
        const [, pointer, message] = /^(\/\S*)\s+(.*)$/s.exec(problem) ?? [undefined, undefined, problem];
        return (
          <li key={problem}>
            {pointer !== undefined && <code>{pointer}</code>} <span>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** A text whose places in the plugin's folder can be opened. */
function Linked({ text: whole, folder }: { readonly text: string; readonly folder: string }) {
  const { workbench } = useStores();
  return partsOfStack(whole, folder).map(({ text, link }, place) =>
    link === undefined ? (
      text
    ) : (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        key={place}
        type="button"
        className={styles.link}
        onClick={() => workbench.openEditor({ kind: 'file', folder, ...link })}
      >
        {text}
      </button>
    ),
  );
}

function Stack({ stack, folder }: { readonly stack: string; readonly folder: string }) {
  return (
    <div className={styles.stackBox}>
      <pre className={styles.stack}>
        <Linked text={stack} folder={folder} />
      </pre>
      <CopyButton label="Copy the stack" text={() => stack} />
    </div>
  );
}

/** One line, however many come while a folder is run: the table below stays where it is. */
function Warnings({ run: { warnings, warningCount } }: { readonly run: Run }) {
  return (
    <details className={styles.warnings}>
      <summary>
        <Icon name="warning" size={14} color="var(--medium)" />
        <strong>{formatCount(warningCount, 'warning')}</strong>
        <span className={styles.firstWarning}>{warnings[0]}</span>
      </summary>
      <ul className={styles.problems} aria-label="Warnings">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      {warnings.length < warningCount && (
        <p className={styles.advice}>
          The first {warnings.length.toLocaleString('en')} of {warningCount.toLocaleString('en')} are listed.
        </p>
      )}
    </details>
  );
}

const PANELS: Readonly<Record<string, { readonly panel: PanelId; readonly title: string }>> = {
  'plugins/build-failed': { panel: 'problems', title: 'Show problems' },
  'plugins/invalid-manifest': { panel: 'problems', title: 'Show problems' },
  'plugins/start-failed': { panel: 'plugin-log', title: 'Show the log' },
  'runs/request-not-json': { panel: 'request', title: 'Show the request' },
  'limits/not-allowed': { panel: 'request', title: 'Show the limits' },
  'runs/invalid-request': { panel: 'request', title: 'Show the request' },
  'config/bad-override': { panel: 'request', title: 'Show the request' },
  'config/invalid': { panel: 'request', title: 'Show the request' },
};

interface FailureBlockProps {
  readonly folder: string;
  readonly title: string;
  readonly error: Pick<StudioError, 'code' | 'message'> & { readonly data?: StudioError['data'] | undefined };
}

/** Why something that was asked of the plugin could not be had, with the way on where there is one. */
export function FailureBlock({ folder, title, error }: FailureBlockProps) {
  const way = PANELS[error.code];
  const stack = typeof error.data?.stack === 'string' ? error.data.stack : undefined;
  return (
    <Block
      tone="error"
      title={title}
      actions={way === undefined ? undefined : <PanelButton panel={way.panel}>{way.title}</PanelButton>}
    >
      <p className={styles.message}>{error.message}</p>
      {stack !== undefined && <Stack stack={stack} folder={folder} />}
    </Block>
  );
}

/** A run that could not even begin. */
export const RefusalBlock = ({ folder, error }: { readonly folder: string; readonly error: StudioError }) => (
  <FailureBlock folder={folder} title="The run did not begin" error={error} />
);
