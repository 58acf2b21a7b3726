/** Guesses what a target is to be scanned for, from how it is written. */
import { SCAN_TYPES, type ScanType } from '@shared/schemas';

const isScanType = (text: string): text is ScanType => (SCAN_TYPES as readonly string[]).includes(text);

export function guessScanType(target: string, supported: readonly string[]): ScanType {
  const guess = guessFrom(target);
  if (supported.includes(guess)) return guess;
  return supported.find(isScanType) ?? guess;
}

function guessFrom(target: string): ScanType {
  if (/^https?:\/\//i.test(target)) return 'web_application';
  if (/^(\.{0,2}|~|[a-z]:)[\\/]/i.test(target)) return 'static_code';
  if (/^[\w.-]+(\/[\w.-]+)+(:[\w.-]+|@sha256:[0-9a-f]+)$/i.test(target)) return 'container';
  return 'network';
}
