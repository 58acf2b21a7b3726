/** Patterns of paths: `*` within a folder, `**` across folders, `?` one character. */

/** Whether the request's patterns let this file through. */
export function isIncluded(filename: string, include: readonly string[], exclude: readonly string[]): boolean {
  const path = filename.replaceAll('\\', '/');
  if (exclude.some((pattern) => matchesPath(pattern, path))) return false;
  return include.length === 0 || include.some((pattern) => matchesPath(pattern, path));
}

/** A pattern without a slash is about the name of the file, wherever it is. */
function matchesPath(pattern: string, path: string): boolean {
  const subject = pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  return toExpression(pattern).test(subject);
}

function toExpression(pattern: string): RegExp {
  const parts: string[] = [];
  const piece = /\*\*\/|\*+|\?|[^*?]+/g;
  for (let found = piece.exec(pattern); found !== null; found = piece.exec(pattern)) parts.push(translate(found[0]));
  return new RegExp(`^${parts.join('')}$`);
}

function translate(piece: string): string {
  if (piece === '**/') return '(?:.*/)?';
  if (piece === '?') return '[^/]';
  if (piece === '*') return '[^/]*';
  return piece.startsWith('*') ? '.*' : escapeText(piece);
}

const escapeText = (text: string): string => text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
