/**
 * MD5 and SHA-1. What matters is what they are for: a password hashed so is as good as known, a signature can be
 * forged, an ETag is fine. The words around the call tell.
 */
import { codeText, findCalls } from '../code/calls';
import { lineText } from '../text/source-text';
import type { Span } from '../text/span';
import type { Match, SourceRule, SourceTarget } from './rule';

const CALLS =
  /\bhashlib\.(?:md5|sha1|new)\b|(?<![\w$])(?:crypto\.)?createHash\b|\bMessageDigest\.getInstance\b|\b(?:md5|sha1)\.(?:New|Sum)\b|(?<![\w$>:.])(?:md5|sha1)(?:_file)?(?=\s*\()|\bCryptoJS\.(?:MD5|SHA1)\b|\b(?:MD5|SHA1)\.Create\b/g;
const WEAK = /\b(?:md5|sha-?1)(?![\d])/i;

const PASSWORD = /pass(?:word|wd|phrase)?(?![a-z])|pwd|credential/i;
const PROTECTION = /token|signature|\bsign|session|hmac|auth|secret|license|licence|certificate|csrf|nonce/i;
const CHECKSUM =
  /etag|cache|checksum|fingerprint|dedup|gravatar|avatar|file|chunk|content|bucket|shard|version|integrity|usedforsecurity\s?=\s?False|asset|color|key_?for|websocket/i;

export const weakHash: SourceRule = {
  scans: 'source',
  id: 'weak-hash',
  title: 'Weak hash',
  description:
    'MD5 and SHA-1 no longer protect anything: texts with the same hash can be made, and passwords be guessed fast.',
  severity: 'medium',
  type: 'weak_cryptography',
  cwe_ids: ['CWE-328'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1110.002'],
  remediation:
    'Use SHA-256 for checksums and signatures. For passwords use argon2, scrypt or bcrypt, which are slow on purpose.',
  references: [
    'https://cwe.mitre.org/data/definitions/328.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
  ],
  confidence: 0.7,
  languages: ['python', 'javascript', 'java', 'go', 'php', 'csharp'],
  find(target) {
    return findCalls(target.source, CALLS).flatMap((call) => {
      const algorithm = WEAK.exec(codeText(target.source, call))?.[0];
      if (algorithm === undefined) return [];
      return matchOf(target, { start: call.start, end: call.end }, algorithm.toUpperCase());
    });
  },
};

function matchOf(target: SourceTarget, place: Span, algorithm: string): Match {
  const words = wordsAround(target, place);
  const name = algorithm === 'SHA1' ? 'SHA-1' : algorithm;
  if (PASSWORD.test(words)) {
    const description = `${name} hashes a password: whoever gets the table tries billions of passwords a second.`;
    return { ...place, title: `${name} used for a password`, description, cwe_ids: ['CWE-916'], confidence: 0.85 };
  }
  if (CHECKSUM.test(words))
    return { ...place, title: `${name} used for a checksum`, severity: 'info', confidence: 0.4 };
  if (PROTECTION.test(words)) return { ...place, title: `${name} used for protection`, confidence: 0.7 };
  return { ...place, title: `${name} used`, severity: 'low', confidence: 0.5 };
}

/** The line, and the name of the function that it is in. */
const wordsAround = ({ source, flow }: SourceTarget, { start }: Span): string =>
  `${flow.functions.at(start)?.name ?? ''} ${lineText(source, start).slice(0, 400)}`;
