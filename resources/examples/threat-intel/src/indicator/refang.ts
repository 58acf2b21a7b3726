/** Reports write indicators so that nobody follows them by mistake: hxxp://evil[.]example. This takes that back. */

const DOTS = ['[.]', '(.)', '{.}', '[dot]', '(dot)', '[d]'];
const REPLACED: readonly (readonly [string, string])[] = [
  ...DOTS.map((dot) => [dot, '.'] as const),
  ['[:]', ':'],
  ['[://]', '://'],
  ['[/]', '/'],
  ['[@]', '@'],
  ['(@)', '@'],
  ['[at]', '@'],
  ['(at)', '@'],
];

export function refang(text: string): string {
  let result = text.trim();
  // Most of a feed is written plainly, and feeds are long.
  if (/[[({]/.test(result)) for (const [fanged, plain] of REPLACED) result = replaceAll(result, fanged, plain);
  const scheme = /^(hxxps?|hxtps?|htxps?|meows?):\/\//i.exec(result);
  if (scheme === null) return result;
  const isSecure = scheme[1]!.toLowerCase().endsWith('s');
  return `${isSecure ? 'https' : 'http'}://${result.slice(scheme[0].length)}`;
}

function replaceAll(text: string, what: string, by: string): string {
  const lower = text.toLowerCase();
  let result = '';
  let from = 0;
  for (let at = lower.indexOf(what); at !== -1; at = lower.indexOf(what, from)) {
    result += text.slice(from, at) + by;
    from = at + what.length;
  }
  return result + text.slice(from);
}
