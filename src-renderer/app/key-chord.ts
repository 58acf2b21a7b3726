/** A key press as commands write it: Ctrl+Shift+P. On a Mac the command key is Ctrl. */
interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', '+': 'Plus' };
const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph']);

/** Undefined while only modifiers are held. */
export function chordOf(press: KeyPress, mac: boolean): string | undefined {
  if (MODIFIERS.has(press.key)) return undefined;
  const key = NAMES[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  return [ctrl && 'Ctrl', press.altKey && 'Alt', press.shiftKey && 'Shift', key].filter(Boolean).join('+');
}
