/** For the status bar: how many questions wait, and what holds the plugin in. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { formatCount } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { keyLabel } from '../../ui/kbd';
import { summaryOf } from './model';
import { ANSWER_COMMAND } from './permissions-commands';

interface StatusButtonProps {
  readonly className: string | undefined;
}

export function QuestionCount({ className }: StatusButtonProps) {
  const { permissions, commands } = useStores();
  const count = useStore(permissions, ({ questions }) => questions.length);
  const key = commands.find(ANSWER_COMMAND)?.key;
  if (count === 0) return undefined;
  return (
    <button
      type="button"
      className={className}
      title={`A plugin waits for your answer${key === undefined ? '' : ` (${keyLabel(key)})`}`}
      onClick={() => commands.run(ANSWER_COMMAND)}
    >
      <Icon name="question" size={14} color="var(--accent)" />
      {formatCount(count, 'question')}
    </button>
  );
}

interface ContainmentProps extends StatusButtonProps {
  readonly folder: string;
  readonly isolation: string;
}

export function Containment({ className, folder, isolation }: ContainmentProps) {
  const { permissions, notices, commands } = useStores();
  const state = useStore(permissions, ({ states }) => states[folder]);
  useEffect(() => {
    permissions.follow(folder).catch(notices.report);
  }, [permissions, notices, folder]);
  const lines = [`What holds the plugin in: ${isolation}`, ...(state === undefined ? [] : ['', ...summaryOf(state)])];
  return (
    <button
      type="button"
      className={className}
      aria-label={`Isolation ${isolation}, show the permissions`}
      title={lines.join('\n')}
      onClick={() => commands.run('view.permissions')}
    >
      <Icon name="shield" size={14} />
      {isolation}
      {state?.recording === true && ' · recording'}
    </button>
  );
}
