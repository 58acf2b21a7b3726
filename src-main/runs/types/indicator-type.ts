/** Guesses what an indicator is from how it is written, also where its dots are made harmless. */
import { isIP } from 'node:net';

const HASH_LENGTHS = new Set([32, 40, 64, 96, 128]);

export function guessIndicatorType(written: string): string {
  const value = written
    .trim()
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replace(/\[@\]|\(@\)|\[at\]/gi, '@')
    .replace(/^hxxp/i, 'http')
    .replace(/\[:\/\/\]/, '://');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'url';
  if (isIP(value) !== 0 || isIP(value.replace(/:\d+$/, '')) === 4) return 'ip';
  if (/^[0-9a-f]+$/i.test(value) && HASH_LENGTHS.has(value.length)) return 'hash';
  if (/^(CVE|GHSA|CWE)-/i.test(value)) return 'vulnerability';
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return 'email';
  return 'domain';
}
