/**
 * Text as Slack takes it. What a notification says comes from elsewhere, so that it must not be able to mention
 * people, to disguise a link, or to be cut in the middle of an escaped character.
 */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const CUT = '…';

/** For texts of the type mrkdwn: Slack reads `&`, `<` and `>` as its own. */
export function escapeMrkdwn(text: string): string {
  let escaped = '';
  for (const character of text) escaped += ESCAPES[character] ?? character;
  return escaped;
}

/** Escaped, and no longer than `limit`; what does not fit is left out. */
export function clipMrkdwn(text: string, limit: number): string {
  const escaped = escapeMrkdwn(text);
  if (escaped.length <= limit) return escaped;
  return `${escapeMrkdwn(text.slice(0, fitting(text, limit - CUT.length)))}${CUT}`;
}

/** For texts of the type plain_text, which Slack shows as they are, in one line. */
export function clipPlain(text: string, limit: number): string {
  const line = text.split('\n').join(' ').trim();
  if (line.length <= limit) return line;
  return `${wholeCharacters(line, limit - CUT.length)}${CUT}`;
}

/** Escaped pieces of at most `limit`, cut at a line or a word where there is one; the last is cut short. */
export function splitMrkdwn(text: string, limit: number, mostPieces: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== '' && pieces.length < mostPieces - 1) {
    const taken = takePiece(rest, limit);
    pieces.push(escapeMrkdwn(rest.slice(0, taken).trimEnd()));
    rest = rest.slice(taken).trim();
  }
  if (rest !== '') pieces.push(clipMrkdwn(rest, limit));
  return pieces;
}

/** How much of the text is at most `limit` long once it is escaped. */
function fitting(text: string, limit: number): number {
  let length = 0;
  let taken = 0;
  for (const character of text) {
    length += (ESCAPES[character] ?? character).length;
    if (length > limit) break;
    taken += character.length;
  }
  return taken;
}

function takePiece(text: string, limit: number): number {
  const most = fitting(text, limit);
  if (most === text.length) return most;
  const head = text.slice(0, most);
  const line = head.lastIndexOf('\n');
  if (line > most / 2) return line;
  const word = head.lastIndexOf(' ');
  return word > most / 2 ? word : most;
}

function wholeCharacters(text: string, length: number): string {
  const code = text.charCodeAt(length - 1);
  const isSplitPair = code >= 0xd800 && code <= 0xdbff;
  return text.slice(0, isSplitPair ? length - 1 : length);
}
