/** For people: one line, what cannot be printed as dots, cut. */
export function readable(text: string, most = 200): string {
  let shown = '';
  for (const character of text.slice(0, most * 2).trim()) {
    const code = character.charCodeAt(0);
    shown += character === '\n' ? ' ' : code < 32 || code > 126 ? (character === '\r' ? '' : '.') : character;
  }
  return shown.length > most ? `${shown.slice(0, most)}…` : shown;
}
