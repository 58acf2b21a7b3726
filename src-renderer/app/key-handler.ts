/**
 * Runs commands by their keys, before any editor or field sees the press. While a dialog asks, the keys rest. What has
 * no key of its own, or is not enabled, is left to whoever has the focus.
 */
import type { Dispose } from '@shared/rpc';
import type { CommandRegistry } from '../stores/commands';
import { isAsking } from '../ui/dialogs';
import { isMac } from '../ui/kbd';
import { EDITOR_CATEGORY } from './editor-commands';
import { chordOf } from './key-chord';

export function installKeyHandler(commands: CommandRegistry, target: Window): Dispose {
  const onKeyDown = (event: KeyboardEvent) => {
    if (isAsking() || event.isComposing) return;
    const chord = chordOf(event, isMac);
    if (chord === undefined) return;
    const command = commands
      .list()
      .find(({ key, category, isEnabled }) => key === chord && category !== EDITOR_CATEGORY && isEnabled?.() !== false);
    if (command === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    commands.run(command.id);
  };
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => target.removeEventListener('keydown', onKeyDown, { capture: true });
}
