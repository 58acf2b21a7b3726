/** Values of names such as `api_key` and `password`, in code and settings, that look like the real thing. */
import { CODE_LANGUAGES, CONFIG_LANGUAGES } from '../../text/language';
import { isTestFile, type SourceText, stringAt } from '../../text/source-text';
import type { Span } from '../../text/span';
import type { Match, SourceRule, SourceTarget } from '../rule';
import { findNamedValues, isPasswordName } from './named-values';
import { isPlaceholder } from './placeholder';
import { judgeSecret } from './secret-value';

const CONNECTION = /:\/\/[^\s:@/'"`<>{}$]{1,64}:([^\s:@/'"`<>{}$]{3,128})@[\w.-]{1,120}/g;
/** Passwords of examples and of machines that nobody else can reach. */
const WELL_KNOWN = /^(?:pass(?:word|wd)?|pwd|secret|user(?:name)?|postgres|root|admin|test|guest|p)$/i;
const LOCAL = /@(?:localhost|127\.|0\.0\.0\.0|host\.docker)/;

export const hardcodedSecret: SourceRule = {
  scans: 'source',
  id: 'hardcoded-secret',
  title: 'Hard-coded secret',
  description: 'A secret is written into the text. Everybody who can read the text, or its history, has it.',
  severity: 'high',
  type: 'information_disclosure',
  cwe_ids: ['CWE-798'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1552.001'],
  remediation:
    'Change the secret, and read the new one from the environment or a secret store: os.environ["API_KEY"], process.env.API_KEY.',
  references: [
    'https://cwe.mitre.org/data/definitions/798.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  confidence: 0.88,
  languages: [...CODE_LANGUAGES, ...CONFIG_LANGUAGES, 'shell'],
  find: (target) => [...assigned(target), ...connections(target)],
};

function assigned(target: SourceTarget): Match[] {
  return findNamedValues(target.source).flatMap(({ name, value, start, end }) => {
    const text = target.source.code.slice(value.start, value.end);
    const judgement = judgeSecret(text, isPasswordName(name), target.settings.entropyThreshold);
    if (judgement === undefined || isInDocumentation(target.source, value)) return [];
    return [{ start, end, hidden: value, ...specialOf(target, judgement) }];
  });
}

/** Examples in docstrings hold made-up answers of a service. */
function isInDocumentation(source: SourceText, { start }: Span): boolean {
  const token = stringAt(source, start);
  return token !== undefined && token.quote.length === 3 && token.innerStart < start;
}

function specialOf(
  { source }: SourceTarget,
  { entropy, kind }: { entropy: number; kind: 'random' | 'password' },
): Omit<Match, keyof Span> {
  const test = isTestFile(source);
  if (kind === 'password')
    return { title: 'Hard-coded password', severity: test ? 'low' : 'medium', confidence: test ? 0.4 : 0.6 };
  const title = `Hard-coded secret (entropy ${entropy.toFixed(1)})`;
  return test ? { title, severity: 'medium', confidence: 0.5 } : { title };
}

/** `postgres://user:password@host`. */
function connections({ source }: SourceTarget): Match[] {
  const matches: Match[] = [];
  CONNECTION.lastIndex = 0;
  for (let found = CONNECTION.exec(source.code); found !== null; found = CONNECTION.exec(source.code)) {
    const password = found[1]!;
    if (isPlaceholder(password) || isPlaceholder(found[0]) || WELL_KNOWN.test(password)) continue;
    const scheme = /[a-z][a-z0-9+.-]{0,20}$/i.exec(source.code.slice(Math.max(0, found.index - 21), found.index));
    if (scheme === null) continue;
    const start = found.index + found[0].lastIndexOf(`:${password}@`) + 1;
    matches.push({
      start: found.index - scheme[0].length,
      end: found.index + found[0].length,
      hidden: { start, end: start + password.length },
      title: 'Password in an address',
      confidence: 0.85,
      ...(LOCAL.test(found[0]) || isTestFile(source) ? { severity: 'low', confidence: 0.5 } : {}),
    });
  }
  return matches;
}
