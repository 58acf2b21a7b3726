/** Random numbers that can be predicted, where a secret is made of them. */
import type { Language } from '../text/language';
import { lineText } from '../text/source-text';
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule, SourceTarget } from './rule';

const SECRET_NAME =
  /(?:token|secret|passw(?:or)?d|passphrase|session_?id|sessionid|nonce|otp|one_?time|csrf|reset_?code|verification_?code|api_?key|salt|invite_?code|access_?code)(?![a-z]*(?:list|count|index|type|length|color))/i;

const guessable = (languages: readonly Language[], expression: RegExp): Pattern => ({
  languages,
  expression,
  refine: (found, target) => (makesSecret(target, found.index) ? {} : undefined),
});

const PATTERNS: readonly Pattern[] = [
  guessable(['javascript', 'java'], /\bMath\.random\s?\(\s?\)/g),
  guessable(
    ['python'],
    /(?<![\w.])random\.(?:random|randint|randrange|choice|choices|sample|getrandbits|uniform)\s?\(/g,
  ),
  guessable(['java'], /\bnew\s(?:java\.util\.)?Random\s?\(|\bRandomStringUtils\.random\w{0,20}\s?\(/g),
  guessable(['php'], /(?<![\w$>:])(?:rand|mt_rand|uniqid|lcg_value)\s?\(/g),
  guessable(['go'], /(?<![\w.])rand\.(?:Int|Intn|Int31n?|Int63n?|Read|Float64)\s?\(/g),
];

export const insecureRandomness: SourceRule = {
  scans: 'source',
  id: 'insecure-randomness',
  title: 'Predictable random number for a secret',
  description:
    'The generator is made for simulations: from a few of its numbers the next ones follow, and so do the tokens.',
  severity: 'medium',
  type: 'weak_cryptography',
  cwe_ids: ['CWE-338'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1110'],
  remediation:
    'Use a generator made for secrets: secrets.token_urlsafe, crypto.randomBytes, SecureRandom, crypto/rand, random_bytes.',
  references: [
    'https://cwe.mitre.org/data/definitions/338.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html',
  ],
  confidence: 0.8,
  languages: ['javascript', 'python', 'java', 'php', 'go'],
  find: (target) =>
    target.source.language === 'go' && /"crypto\/rand"/.test(target.source.code) ? [] : findPatterns(target, PATTERNS),
};

/** The line, or the name of the function around it, says that a secret is made. */
function makesSecret({ source, flow }: SourceTarget, position: number): boolean {
  const name = flow.functions.at(position)?.name ?? '';
  return SECRET_NAME.test(lineText(source, position).slice(0, 300)) || SECRET_NAME.test(name);
}
