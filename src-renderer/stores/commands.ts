/** Every action of the window, once: palette, menus, tooltips and the key handler all read this list. */
import type { Dispose } from '@shared/rpc';
import { createEmitter } from '@shared/rpc';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  /** Such as Ctrl+Shift+P; on macOS Ctrl stands for Cmd. */
  readonly key?: string;
  readonly icon: string;
  isEnabled?(): boolean;
  /** Says how things are already, such as the theme in force. */
  isActive?(): boolean;
  run(): void | Promise<void>;
}

export interface CommandRegistry {
  /** A later command of the same id takes the place of the earlier one until it is disposed. */
  register(command: Command): Dispose;
  list(): readonly Command[];
  find(id: string): Command | undefined;
  /** Does nothing where the command is unknown or not enabled. */
  run(id: string): void;
  subscribe(listener: () => void): Dispose;
}

/** @param report shows what a command threw. */
export function createCommandRegistry(report: (error: unknown) => void): CommandRegistry {
  const stacks = new Map<string, Command[]>();
  const didChange = createEmitter<void>(report);
  let cached: readonly Command[] | undefined;

  const changed = () => {
    cached = undefined;
    didChange.emit();
  };

  const find = (id: string) => stacks.get(id)?.at(-1);

  return {
    register(command) {
      const stack = stacks.get(command.id) ?? [];
      stacks.set(command.id, [...stack, command]);
      changed();
      return () => {
        const rest = (stacks.get(command.id) ?? []).filter((entry) => entry !== command);
        if (rest.length === 0) stacks.delete(command.id);
        else stacks.set(command.id, rest);
        changed();
      };
    },
    list() {
      cached ??= [...stacks.values()].map((stack) => stack.at(-1)!);
      return cached;
    },
    find,
    run(id) {
      const command = find(id);
      if (command === undefined || command.isEnabled?.() === false) return;
      Promise.resolve()
        .then(() => command.run())
        .catch(report);
    },
    subscribe: (listener) => didChange.on(listener),
  };
}
