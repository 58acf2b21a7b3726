/** The places in a stack that lie in the plugin's own folder, so that they can be opened. */
export interface StackPart {
  readonly text: string;
  readonly link?: { readonly path: string; readonly line: number; readonly column?: number };
}

const PLACE = /(?:file:\/\/)?((?:[A-Za-z]:)?[^\s():]*[^\s():/\\]\.(?:[cm]?[jt]sx?|py|json)):(\d+)(?::(\d+))?/g;

function pathInside(folder: string, path: string): string | undefined {
  const plain = path.replaceAll('\\', '/');
  const root = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  if (plain.startsWith(root)) return plain.slice(root.length);
  if (plain.startsWith('/') || /^[A-Za-z]:/.test(plain) || plain.startsWith('node:')) return undefined;
  const relative = plain.replace(/^\.\//, '');
  return relative.split('/').some((part) => part === '..' || part === 'node_modules') ? undefined : relative;
}

export function partsOfStack(stack: string, folder: string): readonly StackPart[] {
  const parts: StackPart[] = [];
  let at = 0;
  for (const match of stack.matchAll(PLACE)) {
    const path = pathInside(folder, match[1] ?? '');
    if (path === undefined) continue;
    if (match.index > at) parts.push({ text: stack.slice(at, match.index) });
    const column = match[3] === undefined ? {} : { column: Number(match[3]) };
    parts.push({ text: match[0], link: { path, line: Number(match[2]), ...column } });
    at = match.index + match[0].length;
  }
  if (at < stack.length) parts.push({ text: stack.slice(at) });
  return parts;
}
