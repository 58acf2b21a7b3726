/** Ciphers and modes that can be broken, or that show patterns of the text. */
import type { Language } from '../text/language';
import { findPatterns, type Pattern } from './find-patterns';
import type { Match, SourceRule } from './rule';

const named = (languages: readonly Language[], expression: RegExp): Pattern => ({
  languages,
  expression,
  refine: (found) => specialOf(found[1]!),
});

const PATTERNS: readonly Pattern[] = [
  named(['python'], /\b(?:Crypto|Cryptodome)?\.?(?:Cipher\.)?(?<![\w])(DES3?|ARC[24]|Blowfish)\.new\b/g),
  named(['python'], /\balgorithms\.(TripleDES|ARC4|Blowfish|IDEA|CAST5)\b/g),
  named(['python'], /\bAES\.MODE_(ECB)\b/g),
  named(['python'], /\bmodes\.(ECB)\s?\(/g),
  named(
    ['javascript'],
    /\bcreate(?:Cipher|Decipher)(?:iv)?\s?\(\s?["'`]((?:des|rc[24]|bf|blowfish|cast|idea|seed)[\w-]{0,20}|aes-?\d{3}-ecb)["'`]/gi,
  ),
  named(['javascript'], /\bCryptoJS\.(DES|TripleDES|RC4|mode\.ECB)\b/g),
  named(
    ['java'],
    /\bCipher\.getInstance\s?\(\s?"((?:DES|DESede|RC[24]|ARCFOUR|Blowfish)(?:\/[^"]{0,40})?|AES(?:\/ECB\/[^"]{0,40})?)"/g,
  ),
  named(['go'], /\b(des|rc4|blowfish|cast5)\.New(?:TripleDES)?Cipher\b/g),
  named(
    ['php'],
    /\bopenssl_(?:en|de)crypt\s?\([^,\n]{1,120},\s?["']((?:des|rc[24]|bf)[\w-]{0,20}|aes-\d{3}-ecb)["']/gi,
  ),
  named(['php'], /\b(mcrypt_\w{1,30})\s?\(/g),
  named(['csharp'], /\b(DES|TripleDES|RC2)(?:CryptoServiceProvider|\.Create)\b/g),
  named(['c'], /\bEVP_(des_\w{1,20}|rc[24]\w{0,20}|bf_\w{1,20}|aes_\d{3}_ecb)\s?\(/g),
];

export const weakCipher: SourceRule = {
  scans: 'source',
  id: 'weak-cipher',
  title: 'Weak cipher',
  description:
    "The cipher can be broken with today's machines, or its mode shows which parts of the text are the same.",
  severity: 'high',
  type: 'weak_cryptography',
  cwe_ids: ['CWE-327'],
  mitre_tactics: ['credential_access', 'collection'],
  mitre_techniques: ['T1557'],
  remediation: 'Use AES in GCM mode or ChaCha20-Poly1305, with a fresh nonce for every message.',
  references: [
    'https://cwe.mitre.org/data/definitions/327.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html',
  ],
  confidence: 0.9,
  languages: ['python', 'javascript', 'java', 'go', 'php', 'csharp', 'c'],
  find: (target) => findPatterns(target, PATTERNS),
};

function specialOf(cipher: string): Omit<Match, 'start' | 'end'> {
  const title = `Weak cipher (${cipher})`;
  const aging = /3|triple|ede|blowfish|bf|cast|idea|seed/i.test(cipher) && !/ecb/i.test(cipher);
  return aging ? { title, severity: 'medium' } : { title };
}
