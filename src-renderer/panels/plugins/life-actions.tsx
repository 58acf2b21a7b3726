/** What can be done to the life of the active plugin: in words where there is room for them, else as icons that say it. */
import { Button, Tooltip } from '@mantine/core';
import type { PluginStatus } from '@shared/contracts';
import { useStores } from '../../stores/context';
import { Icon } from '../../ui/icon';
import { keyLabel } from '../../ui/kbd';
import styles from './life-actions.module.css';
import { type Action, possible } from './model';

interface LifeAction {
  readonly action: Action;
  readonly word: string;
  readonly icon: string;
  readonly tip: string;
}

/** What runs the plugin, what only brings its code in and out, and what looks at it. */
const GROUPS: readonly (readonly LifeAction[])[] = [
  [
    { action: 'start', word: 'Start', icon: 'debug-start', tip: 'Start: load the code and initialize the plugin' },
    { action: 'stop', word: 'Stop', icon: 'debug-stop', tip: 'Stop: let it finish, then end its process' },
    { action: 'restart', word: 'Restart', icon: 'debug-restart', tip: 'Restart: stop, then start' },
    { action: 'reload', word: 'Reload', icon: 'refresh', tip: 'Reload: swap in a new process; the old one finishes' },
  ],
  [
    { action: 'load', word: 'Load', icon: 'arrow-down', tip: 'Load the code, and do not initialize' },
    { action: 'unload', word: 'Unload', icon: 'debug-disconnect', tip: 'Unload: take the code out again' },
  ],
  [{ action: 'checkHealth', word: 'Check health', icon: 'heart', tip: 'Check health now' }],
];

export function LifeActions({ status }: { readonly status: PluginStatus }) {
  return (
    <>
      <ActionButton id="logs.ofPlugin" word="Logs" icon="output" tip="Show the logs of this plugin" />
      {GROUPS.map((group) => (
        <div key={group[0]?.action} className={styles.group}>
          {group.map(({ action, ...shown }) => (
            <ActionButton key={action} id={`plugin.${action}`} {...shown} disabled={!possible(action, status)} />
          ))}
        </div>
      ))}
    </>
  );
}

interface ActionButtonProps extends Omit<LifeAction, 'action'> {
  /** Of the command that does it. */
  readonly id: string;
  readonly disabled?: boolean;
}

function ActionButton({ id, word, icon, tip, disabled = false }: ActionButtonProps) {
  const { commands } = useStores();
  const key = commands.find(id)?.key;
  return (
    <Tooltip label={key === undefined ? tip : `${tip} (${keyLabel(key)})`}>
      <Button
        variant="subtle"
        color="gray"
        className={styles.action ?? ''}
        aria-label={word}
        disabled={disabled}
        onClick={() => commands.run(id)}
      >
        <Icon name={icon} />
        <span className={styles.word}>{word}</span>
      </Button>
    </Tooltip>
  );
}
