/** All that is wrong with the opened plugins, each with its place and, where there is one, the button that mends it. */
import { Button } from '@mantine/core';
import { type KeyboardEvent, useMemo } from 'react';
import { useStore } from 'zustand';
import { applyProblemFix } from '../../stores/apply-fix';
import { useClient, useStores } from '../../stores/context';
import type { Problem } from '../../stores/problems-model';
import { EmptyState } from '../../ui/empty-state';
import { Icon } from '../../ui/icon';
import { groupProblems, type ProblemGroup } from './model';
import styles from './problems-panel.module.css';

const ICONS: Readonly<Record<Problem['severity'], { name: string; color: string }>> = {
  error: { name: 'error', color: 'var(--critical)' },
  warning: { name: 'warning', color: 'var(--medium)' },
  info: { name: 'info', color: 'var(--low)' },
};

export function ProblemsPanel() {
  const { plugins, problems } = useStores();
  const opened = useStore(plugins, (state) => state.plugins);
  const diagnostics = useStore(problems, (state) => state.problems);
  const groups = useMemo(() => groupProblems(opened, diagnostics), [opened, diagnostics]);
  if (groups.length === 0) {
    return (
      <EmptyState icon="check" title="No problems">
        What is wrong with a manifest, a build or a configuration is listed here.
      </EmptyState>
    );
  }
  return (
    <div role="tree" aria-label="Problems" className={styles.panel} onKeyDown={moveFocus}>
      {groups.map((group) => (
        <FileProblems key={`${group.folder}\n${group.file}`} group={group} showPlugin={opened.length > 1} />
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-problem]')];
  const at = rows.indexOf((event.target as HTMLElement).closest<HTMLElement>('[data-problem]') ?? rows[0]!);
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}

function FileProblems({ group, showPlugin }: { readonly group: ProblemGroup; readonly showPlugin: boolean }) {
  const { folder, plugin, file, diagnostics } = group;
  return (
    <>
      <div role="treeitem" aria-level={1} aria-expanded tabIndex={-1} className={styles.file}>
        <Icon name={file.endsWith('.json') ? 'json' : 'file-code'} />
        <span>{file}</span>
        {showPlugin && <span className={styles.dim}>{plugin}</span>}
        <span className={styles.count}>{diagnostics.length}</span>
      </div>
      {diagnostics.map((diagnostic) => (
        <ProblemRow key={JSON.stringify(diagnostic)} folder={folder} diagnostic={diagnostic} />
      ))}
    </>
  );
}

function ProblemRow({ folder, diagnostic }: { readonly folder: string; readonly diagnostic: Problem }) {
  const client = useClient();
  const stores = useStores();
  const { severity, message, code, file, range, fixes = [] } = diagnostic;
  const show = () =>
    stores.workbench.openEditor({ kind: 'file', folder, path: file, line: range.startLine, column: range.startColumn });
  return (
    <div
      role="treeitem"
      aria-level={2}
      aria-label={`${severity}: ${message}`}
      data-problem
      tabIndex={0}
      className={styles.problem}
      onClick={show}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        show();
        stores.commands.run('view.focusEditor');
      }}
    >
      <Icon {...ICONS[severity]} />
      <span className={styles.message} title={message}>
        {message}
      </span>
      <code className={styles.code}>{code}</code>
      {fixes.map((fix) => (
        <Button
          key={fix.title}
          size="compact-xs"
          className={styles.fix ?? ''}
          onClick={(event) => {
            event.stopPropagation();
            applyProblemFix(client, stores, folder, diagnostic, fix).catch(stores.notices.report);
          }}
        >
          {fix.title}
        </Button>
      ))}
      <span className={styles.place}>
        {file} {range.startLine}:{range.startColumn}
      </span>
    </div>
  );
}
