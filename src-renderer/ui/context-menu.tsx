/** A menu where the pointer is. */
import { Menu, Portal } from '@mantine/core';
import { Icon } from './icon';
import { Kbd } from './kbd';

export interface ContextMenuItem {
  readonly label: string;
  readonly icon?: string;
  readonly disabled?: boolean;
  /** Such as F2. */
  readonly keys?: string;
  /** It cannot be undone. */
  readonly danger?: boolean;
  run(): void;
}

/** Groups have a line between them. */
export type ContextMenuGroups = readonly (readonly ContextMenuItem[])[];

interface ContextMenuProps {
  readonly at: { readonly x: number; readonly y: number };
  readonly groups: ContextMenuGroups;
  readonly onClose: () => void;
}

export function ContextMenu({ at, groups, onClose }: ContextMenuProps) {
  return (
    <Menu opened width={220} onClose={onClose} returnFocus hideDetached={false}>
      {/* Not where it was asked for: what scrolls there, such as a strip of tabs, would count as hiding the place. */}
      <Portal>
        <Menu.Target>
          <span style={{ position: 'fixed', left: at.x, top: at.y, width: 0, height: 0 }} />
        </Menu.Target>
      </Portal>
      <Menu.Dropdown>
        {groups
          .filter((group) => group.length > 0)
          .map((group, place) => [
            // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one menu never move
            place > 0 && <Menu.Divider key={`line-${place}`} />,
            ...group.map(({ label, icon, disabled = false, keys, danger = false, run }) => (
              <Menu.Item
                key={label}
                disabled={disabled}
                leftSection={icon === undefined ? undefined : <Icon name={icon} size={14} />}
                rightSection={keys === undefined ? undefined : <Kbd keys={keys} />}
                {...(danger ? { color: 'var(--critical)' } : {})}
                onClick={run}
              >
                {label}
              </Menu.Item>
            )),
          ])}
      </Menu.Dropdown>
    </Menu>
  );
}
