/**
 * Names a finding by what it is about: the rule, the file, and the text of the line without its blanks. Lines that
 * are added above do not change it; the same text twice in a file is told apart by counting.
 */
export interface Fingerprints {
  next(ruleId: string, filename: string, text: string): string;
}

export function createFingerprints(): Fingerprints {
  const seen = new Map<string, number>();
  return {
    next(ruleId, filename, text) {
      const key = `${ruleId}\n${filename.replaceAll('\\', '/')}\n${withoutBlanks(text)}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return `${ruleId}-${hash(`${key}\n${count}`)}`;
    },
  };
}

const withoutBlanks = (text: string): string =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .join('');

/** FNV-1a, twice with different seeds: 64 bits as 16 hexadecimal digits. Not for protection. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9747b28c].map((seed) => fnv(text, seed).toString(16).padStart(8, '0')).join('');
}

function fnv(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
