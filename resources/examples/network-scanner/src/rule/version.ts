/** Versions as services tell them: numbers with dots, and whatever comes after. */

/** @param range Terms that must all hold, such as `>=8.5 <9.8`. */
export function isVersionIn(version: string, range: string): boolean {
  return range.split(' ').every((term) => {
    const [, operator = '', bound = ''] = /^(>=|<|=)(.+)$/.exec(term) ?? [];
    const order = compareVersions(version, bound);
    if (operator === '=') return order === 0;
    return operator === '<' ? order < 0 : order >= 0;
  });
}

/** As many parts as the bound has: 2.4.49 is equal to 2.4. */
function compareVersions(version: string, bound: string): number {
  const parts = numbersIn(version);
  for (const [index, wanted] of numbersIn(bound).entries()) {
    const difference = (parts[index] ?? 0) - wanted;
    if (difference !== 0) return difference;
  }
  return 0;
}

const numbersIn = (text: string): number[] => (/^[0-9]+(\.[0-9]+)*/.exec(text)?.[0] ?? '0').split('.').map(Number);
