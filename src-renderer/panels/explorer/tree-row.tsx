/** One row of the explorer: a plugin with its state, a folder, a file with what is wrong in it and whether it is saved. */
import type { MouseEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import { documentUri } from '../../editor/document-uri';
import { fileIcon } from '../../editor/file-icon';
import { useStores } from '../../stores/context';
import type { Problem } from '../../stores/problems-model';
import { Icon } from '../../ui/icon';
import { StateDot } from '../../ui/state-dot';
import { badgeOf, nodeKey, stateColor, stateText, type TreeRow } from './model';
import styles from './plugin-tree.module.css';

const NONE: readonly Problem[] = [];

export const indent = (level: number) => 12 + (level - 1) * 18;

interface TreeRowViewProps {
  readonly row: TreeRow;
  readonly focused: boolean;
  readonly input?: ReactNode;
  onActivate(): void;
  onFocus(): void;
  onMenu(event: MouseEvent): void;
}

export function TreeRowView({ row, focused, input, onActivate, onFocus, onMenu }: TreeRowViewProps) {
  const { problems, documents } = useStores();
  const { folder, path, kind, name, level, open } = row;
  const diagnostics = useStore(problems, (state) => state.problems[folder] ?? NONE);
  const dirty = useStore(
    documents,
    (state) => kind === 'file' && state.documents[documentUri(folder, path)]?.dirty === true,
  );
  const badge = kind === 'plugin' ? undefined : badgeOf(path, diagnostics);
  const tone =
    badge === undefined || badge.errors + badge.warnings === 0 ? undefined : badge.errors > 0 ? 'error' : 'warning';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={focused}
      aria-label={name}
      {...(kind === 'file' ? {} : { 'aria-expanded': open })}
      data-node={nodeKey(row)}
      tabIndex={focused ? 0 : -1}
      title={path === '' ? folder : path}
      className={styles.row}
      style={{ paddingLeft: indent(level) }}
      onClick={onActivate}
      onFocus={onFocus}
      onContextMenu={onMenu}
    >
      {kind === 'file' ? <Icon name={fileIcon(name)} /> : <Icon name={open ? 'chevron-down' : 'chevron-right'} />}
      {kind === 'plugin' && <PluginDot folder={folder} />}
      {input ?? (
        <>
          <span className={styles.name} data-tone={tone}>
            {name}
          </span>
          {kind === 'plugin' && <PluginStateText folder={folder} />}
          {kind === 'file' && tone !== undefined && (
            <span
              className={styles.badge}
              data-tone={tone}
              title={`${badge!.errors} errors, ${badge!.warnings} warnings`}
            >
              {badge!.errors + badge!.warnings}
            </span>
          )}
          {dirty && <span className={styles.dirty} title="Not saved" />}
        </>
      )}
    </div>
  );
}

/** Its state alone is drawn again as it changes. */
function PluginDot({ folder }: { readonly folder: string }) {
  const { plugins } = useStores();
  return <StateDot color={useStore(plugins, (state) => stateColor(state.statuses[folder]))} />;
}

function PluginStateText({ folder }: { readonly folder: string }) {
  const { plugins } = useStores();
  const text = useStore(plugins, ({ statuses, plugins: opened }) =>
    stateText(statuses[folder], opened.find((plugin) => plugin.folder === folder)?.language),
  );
  return <span className={styles.state}>{text}</span>;
}
