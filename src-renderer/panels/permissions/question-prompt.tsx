/**
 * The question of a plugin that waits. It never takes the focus: a command or the status bar brings the person here.
 * One question is shown at a time, and its answers rest for a moment after it came, so that a press that was meant for
 * something else, or for the question before, answers nothing.
 */
import { Button } from '@mantine/core';
import type { PermissionQuestion } from '@shared/contracts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../stores/context';
import { formatCount } from '../../ui/figures';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { declarationOf, wishOf } from './model';
import { ANSWER_COMMAND } from './permissions-commands';
import { permissionsViewOf } from './permissions-view';
import styles from './question-prompt.module.css';
import { SiteLink } from './site-link';

const REST_MS = 400;

const ANSWERS = [
  { decision: 'once', title: 'Allow once', hint: 'Until the plugin’s process ends' },
  { decision: 'always', title: 'Always for this plugin', hint: 'Kept for this plugin’s folder, until you revoke it' },
  { decision: 'deny', title: 'Deny', hint: 'Until the plugin’s process ends' },
  { decision: 'deny-always', title: 'Never', hint: 'Kept for this plugin’s folder, until you revoke it' },
] as const;

export function QuestionPrompt() {
  const { permissions } = useStores();
  const questions = useStore(permissions, (state) => state.questions);
  const [first] = questions;
  return first !== undefined && <Prompt question={first} more={questions.length - 1} />;
}

/** True until what is shown under that id was there for a moment. */
function useRest(id: string): boolean {
  const [rested, setRested] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(id), REST_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return rested !== id;
}

/** Goes to the first answer when that is asked for, and back to where the person was when the questions are done. */
function useVisits() {
  const stores = useStores();
  const visits = useStore(permissionsViewOf(stores), (state) => state.visits);
  const root = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement>(null);
  const seen = useRef(visits);

  const leave = () => {
    if (before.current?.isConnected === true) before.current.focus();
    before.current = null;
  };
  useEffect(() => {
    if (visits === seen.current) return;
    seen.current = visits;
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && root.current?.contains(activeElement) !== true) {
      before.current = activeElement;
    }
    root.current?.querySelector<HTMLElement>('[data-answer]')?.focus();
  }, [visits]);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before.current?.isConnected === true) before.current.focus();
    },
    [],
  );
  return { root, leave };
}

function Prompt({ question, more }: { readonly question: PermissionQuestion; readonly more: number }) {
  const { permissions, plugins, commands, notices } = useStores();
  const { questionId, folder, pluginId, what, site } = question;
  const name = useStore(plugins, (state) => state.plugins.find((plugin) => plugin.folder === folder)?.name);
  const isAnswering = useStore(permissions, ({ answering }) => answering === questionId);
  const isResting = useRest(questionId) || isAnswering;
  const { root, leave } = useVisits();
  const { verb, object } = wishOf(question);
  const key = commands.find(ANSWER_COMMAND)?.key;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    leave();
  };
  return (
    <section ref={root} aria-label="A plugin asks" className={styles.prompt} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <Icon name="shield" color="var(--accent)" />
        <p role="status" className={styles.wish}>
          <strong title={pluginId}>{name ?? pluginId}</strong> wants to {verb} <strong>{object}</strong>
        </p>
        {more > 0 && <span className={styles.more}>{formatCount(more, 'more waits', 'more wait')}</span>}
        {key !== undefined && <Kbd keys={key} />}
      </div>
      <p className={styles.what} title={what}>
        <bdi>{what}</bdi>
      </p>
      <p className={styles.facts}>
        {site !== undefined && (
          <>
            Asked for at <SiteLink folder={folder} site={site} />.{' '}
          </>
        )}
        {declarationOf(question)}
      </p>
      <div className={styles.answers}>
        {ANSWERS.map(({ decision, title, hint }) => (
          <Button
            key={decision}
            data-answer={decision}
            title={hint}
            aria-disabled={isResting}
            data-disabled={isResting || undefined}
            onClick={() => {
              if (!isResting) permissions.answer(questionId, decision).catch(notices.report);
            }}
          >
            {title}
          </Button>
        ))}
      </div>
    </section>
  );
}
