/** The menus. With one open the pointer and the arrow keys go from one to the next, as in every menu bar. */
import { Menu } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Command } from '../stores/commands';
import { useStores } from '../stores/context';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import styles from './menu-bar.module.css';
import { MENUS } from './menus';
import { useCommands } from './use-commands';

export function MenuBar() {
  const { commands } = useStores();
  const registered = useCommands();
  const [open, setOpen] = useState<number>();
  const [current, setCurrent] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const byId = new Map(registered.map((command) => [command.id, command]));

  const go = (index: number) => {
    const next = (index + MENUS.length) % MENUS.length;
    setCurrent(next);
    if (open === undefined) bar.current?.querySelectorAll('button')[next]?.focus();
    else setOpen(next);
  };
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(index + step);
  };

  return (
    <div ref={bar} role="menubar" aria-label="Menus" className={styles.bar}>
      {MENUS.map(({ title, groups }, index) => {
        const shown = groups
          .map((group) => group.map((id) => byId.get(id)).filter((command) => command !== undefined))
          .filter((group) => group.length > 0);
        return (
          <Menu
            key={title}
            opened={open === index}
            onChange={(opened) => setOpen(opened ? index : undefined)}
            trigger="click"
            width={280}
          >
            <Menu.Target>
              <button
                type="button"
                role="menuitem"
                aria-haspopup="menu"
                aria-expanded={open === index}
                tabIndex={index === current ? 0 : -1}
                className={styles.target}
                onMouseEnter={() => open !== undefined && setOpen(index)}
                onFocus={() => setCurrent(index)}
                onKeyDown={onKeyDown(index)}
              >
                {title}
              </button>
            </Menu.Target>
            <Menu.Dropdown aria-label={title} onKeyDown={onKeyDown(index)}>
              {shown.map((group, place) => (
                <Group key={group[0]?.id} commands={group} divided={place > 0} onRun={commands.run} />
              ))}
            </Menu.Dropdown>
          </Menu>
        );
      })}
    </div>
  );
}

interface GroupProps {
  readonly commands: readonly Command[];
  readonly divided: boolean;
  onRun(id: string): void;
}

const Group = ({ commands, divided, onRun }: GroupProps) => (
  <>
    {divided && <Menu.Divider />}
    {commands.map(({ id, title, key, isEnabled, isActive }) => (
      <Menu.Item
        key={id}
        disabled={isEnabled?.() === false}
        onClick={() => onRun(id)}
        rightSection={
          isActive?.() === true ? <Icon name="check" /> : key === undefined ? undefined : <Kbd keys={key} />
        }
      >
        {title}
      </Menu.Item>
    ))}
  </>
);
