import { expect, test } from 'vitest';
import { chordOf } from './key-chord';

const press = (key: string, held: { ctrl?: boolean; meta?: boolean; alt?: boolean; shift?: boolean } = {}) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  altKey: held.alt ?? false,
  shiftKey: held.shift ?? false,
});

test.each([
  [press('P', { ctrl: true, shift: true }), 'Ctrl+Shift+P'],
  [press('p', { ctrl: true }), 'Ctrl+P'],
  [press('Enter', { ctrl: true }), 'Ctrl+Enter'],
  [press('F2'), 'F2'],
  [press(' ', { alt: true }), 'Alt+Space'],
  [press('Shift', { shift: true }), undefined],
])('a press reads as commands write it', (pressed, chord) => {
  expect(chordOf(pressed, false)).toBe(chord);
});

test('on a Mac the command key is Ctrl, and the control key is none', () => {
  expect(chordOf(press('s', { meta: true }), true)).toBe('Ctrl+S');
  expect(chordOf(press('s', { ctrl: true }), true)).toBe('S');
});
