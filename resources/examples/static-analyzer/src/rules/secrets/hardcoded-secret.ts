/** Values of names such as `api_key` and `password`, in code and settings, that look like the real thing. */
import { CODE_LANGUAGES, CONFIG_LANGUAGES } from '../../text/language';
import { isTestFile } from '../../text/source-text';
import type { Span } from '../../text/span';
import type { Match, SourceRule, SourceTarget } from '../rule';
import { isPlaceholder } from './placeholder';
import { judgeSecret } from './secret-value';

/** The last word of the name counts: `token` is a secret, `token_url` and `tokenType` are not. */
const NAME =
  '[\\w$.-]{0,60}?(?:pass(?:word|wd|phrase)|passwd|pwd|secret(?:[_-]?key)?|tokens?|api[_-]?keys?|access[_-]?keys?|auth[_-]?keys?|private[_-]?keys?|signing[_-]?keys?|encryption[_-]?keys?|master[_-]?keys?|account[_-]?keys?|credentials?|client[_-]?secret)(?:[_-]?(?:prod|dev|live|value|\\d))?';
const QUOTED = new RegExp(
  `(?<![\\w$.-])["']?(${NAME})["']?\\]?\\s{0,8}(?::\\s?\\w{1,20}\\s?)?(?:=|:|=>|:=)\\s{0,8}[rbuRBU@]?(["'\`])((?:(?!\\2)[^\\\\\\n]){8,400})\\2`,
  'gi',
);
const UNQUOTED = new RegExp(
  `^[ \\t]*(?:-[ \\t]+|export[ \\t]+|ENV[ \\t]+|ARG[ \\t]+)?["']?(${NAME})["']?[ \\t]*(?:=|:[ \\t]|[ \\t])[ \\t]*([^\\s"'#{}\\[\\],]{8,400})[ \\t]*$`,
  'gim',
);
const PASSWORD_NAME = /pass(?:word|wd|phrase)|passwd|pwd$/i;
const CONNECTION = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"`<>{}$]{1,64}:([^\s:@/'"`<>{}$]{3,128})@[\w.-]{1,120}/gi;

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
  find(target) {
    const quoted = assigned(target, QUOTED, 3);
    const settings = ['yaml', 'env', 'shell', 'dockerfile'].includes(target.source.language);
    const unquoted = settings ? assigned(target, UNQUOTED, 2) : [];
    return [...quoted, ...unquoted, ...connections(target)];
  },
};

function assigned(target: SourceTarget, expression: RegExp, group: number): Match[] {
  const { source, settings } = target;
  const matches: Match[] = [];
  expression.lastIndex = 0;
  for (let found = expression.exec(source.code); found !== null; found = expression.exec(source.code)) {
    const name = found[1]!;
    const value = found[group]!;
    const judgement = judgeSecret(value, PASSWORD_NAME.test(name), settings.entropyThreshold);
    if (judgement === undefined) continue;
    const end = found.index + found[0].length;
    const start = source.code.lastIndexOf(value, end);
    const hidden = { start, end: start + value.length };
    matches.push({ start: found.index, end, hidden, ...specialOf(target, judgement) });
  }
  return matches;
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
    if (
      isPlaceholder(password) ||
      isPlaceholder(found[0]) ||
      /^(?:pass(?:word|wd)?|pwd|secret|user(?:name)?|postgres|root|admin|test|guest|p)$/i.test(password)
    )
      continue;
    const start = found.index + found[0].lastIndexOf(`:${password}@`) + 1;
    const hidden = { start, end: start + password.length };
    const local = /@(?:localhost|127\.|0\.0\.0\.0|\[?::1)/.test(found[0]);
    matches.push({
      start: found.index,
      end: found.index + found[0].length,
      hidden,
      title: 'Password in an address',
      confidence: 0.85,
      ...(local || isTestFile(source) ? { severity: 'low', confidence: 0.5 } : {}),
    });
  }
  return matches;
}
