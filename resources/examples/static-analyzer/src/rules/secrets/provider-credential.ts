/** Credentials that can be told by their form: providers give theirs a prefix of its own. */

import { decodeBase64 } from '../../text/base64';
import { ALL_LANGUAGES } from '../../text/language';
import type { Match, SourceRule } from '../rule';
import { isPlaceholder } from './placeholder';

interface Provider {
  readonly name: string;
  /** Global, and begins with fixed letters, so that a large file is searched fast. */
  readonly expression: RegExp;
  readonly confidence: number;
  readonly accepts?: (text: string) => boolean;
}

const PROVIDERS: readonly Provider[] = [
  {
    name: 'AWS access key',
    expression: /(?<![A-Za-z0-9/+=])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9/+=])/g,
    confidence: 0.97,
  },
  { name: 'GitHub token', expression: /(?<![\w-])gh[pousr]_[A-Za-z0-9]{36,251}(?!\w)/g, confidence: 0.98 },
  { name: 'GitHub token', expression: /(?<![\w-])github_pat_\w{22,255}/g, confidence: 0.98 },
  { name: 'GitLab token', expression: /(?<![\w-])glpat-[\w-]{20,64}/g, confidence: 0.95 },
  { name: 'Slack token', expression: /(?<![\w-])xox[abeoprs]-(?:\d{1,14}-)?[A-Za-z0-9-]{20,200}/g, confidence: 0.95 },
  {
    name: 'Slack webhook',
    expression: /https:\/\/hooks\.slack\.com\/services\/T\w{6,14}\/B\w{6,14}\/\w{18,40}/g,
    confidence: 0.95,
  },
  { name: 'Stripe live key', expression: /(?<![\w-])[rs]k_live_[A-Za-z0-9]{20,120}/g, confidence: 0.97 },
  { name: 'Google API key', expression: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, confidence: 0.9 },
  { name: 'npm token', expression: /(?<![\w-])npm_[A-Za-z0-9]{36}(?!\w)/g, confidence: 0.97 },
  { name: 'SendGrid key', expression: /(?<![\w-])SG\.[\w-]{20,24}\.[\w-]{39,50}(?![\w-])/g, confidence: 0.97 },
  {
    name: 'JSON Web Token',
    expression: /(?<![\w-])eyJ[\w-]{10,600}\.eyJ[\w-]{10,2000}\.[\w-]{20,1000}/g,
    confidence: 0.8,
    accepts: (token) =>
      /"alg"\s?:\s?"(?:[HREP]S\d{3}|EdDSA)"/.test(decodeBase64(token.slice(0, token.indexOf('.'))) ?? ''),
  },
];

export const providerCredential: SourceRule = {
  scans: 'source',
  id: 'provider-credential',
  title: 'Credential of a provider',
  description: 'A key or token of a provider is in the text. Whoever reads the text can use it, also from the history.',
  severity: 'critical',
  type: 'information_disclosure',
  cwe_ids: ['CWE-798'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1552.001'],
  remediation:
    'Revoke it at the provider now: removing the line is not enough. Read the new one from the environment or a secret store.',
  references: [
    'https://cwe.mitre.org/data/definitions/798.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  confidence: 0.95,
  languages: ALL_LANGUAGES,
  find: ({ source }) => PROVIDERS.flatMap((provider) => credentialsOf(provider, source.content)),
};

/** In comments too: a credential that is commented out still works. */
function credentialsOf({ name, expression, confidence, accepts }: Provider, content: string): Match[] {
  const matches: Match[] = [];
  expression.lastIndex = 0;
  for (let found = expression.exec(content); found !== null; found = expression.exec(content)) {
    const text = found[0];
    if (isPlaceholder(text) || accepts?.(text) === false) continue;
    const place = { start: found.index, end: found.index + text.length };
    const token = name === 'JSON Web Token';
    matches.push({
      ...place,
      title: `${name} in the text`,
      confidence,
      hidden: place,
      ...(token ? { severity: 'medium' } : {}),
    });
  }
  return matches;
}
