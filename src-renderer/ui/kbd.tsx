/** A key as people know it: Ctrl+Shift+P, on a Mac ⇧⌘P. */
import styles from './kbd.module.css';

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const MAC: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' };

export const keyLabel = (key: string, mac = isMac): string =>
  mac
    ? key
        .split('+')
        .map((part) => MAC[part] ?? part)
        .join('')
    : key;

export const Kbd = ({ keys }: { readonly keys: string }) => <kbd className={styles.kbd}>{keyLabel(keys)}</kbd>;
