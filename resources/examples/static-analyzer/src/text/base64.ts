/** Reads base64 that may hide text. */

const BLOB = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{24,4000}={0,2}(?![A-Za-z0-9+/=_-])/g;

/** Stretches that look like base64 and hold readable text, with that text. */
export function hiddenBase64(text: string): { start: number; end: number; decoded: string }[] {
  const found: { start: number; end: number; decoded: string }[] = [];
  const blob = new RegExp(BLOB);
  for (let match = blob.exec(text); match !== null; match = blob.exec(text)) {
    const decoded = decodeBase64(match[0]);
    if (decoded !== undefined && isReadable(decoded)) {
      found.push({ start: match.index, end: match.index + match[0].length, decoded });
    }
  }
  return found;
}

/** @returns undefined where it is no base64. */
export function decodeBase64(text: string): string | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  if (standard.length % 4 === 1) return undefined;
  try {
    return atob(standard + '='.repeat((4 - (standard.length % 4)) % 4));
  } catch {
    return undefined;
  }
}

/** Words with blanks between them: a key or a picture decodes to noise, and one long name is no sentence. */
const isReadable = (text: string): boolean =>
  /^[\x20-\x7e\t\r\n]{12,}$/.test(text) && /[A-Za-z]{2,} [A-Za-z]{2,}/.test(text);
