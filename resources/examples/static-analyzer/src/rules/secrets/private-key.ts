/** Private keys in PEM form. The header alone is no key: parsers and documentation mention it. */
import { ALL_LANGUAGES } from '../../text/language';
import { isTestFile } from '../../text/source-text';
import type { Match, SourceRule } from '../rule';

const HEADER = /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----/g;
/** Between the header and the key may be line breaks, also escaped ones, quotes and pluses of a concatenation. */
const BODY = /^(?:\s|\\n|\\r|["'`+,]){0,200}[A-Za-z0-9+/=]{40}/;

export const privateKey: SourceRule = {
  scans: 'source',
  id: 'private-key',
  title: 'Private key in the text',
  description: 'A private key is in the text. Whoever reads it can sign and decrypt in the name of its owner.',
  severity: 'critical',
  type: 'information_disclosure',
  cwe_ids: ['CWE-321'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1552.004'],
  remediation: 'Replace the key pair everywhere it is trusted, and keep the new private key in a secret store.',
  references: [
    'https://cwe.mitre.org/data/definitions/321.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html',
  ],
  confidence: 0.96,
  languages: ALL_LANGUAGES,
  find({ source }) {
    const matches: Match[] = [];
    const inTest: Partial<Match> = isTestFile(source) ? { severity: 'medium', confidence: 0.6 } : {};
    HEADER.lastIndex = 0;
    for (let found = HEADER.exec(source.content); found !== null; found = HEADER.exec(source.content)) {
      const end = found.index + found[0].length;
      const body = BODY.exec(source.content.slice(end, end + 400));
      if (body === null) continue;
      matches.push({ start: found.index, end, hidden: { start: end, end: end + body[0].length }, ...inTest });
    }
    return matches;
  },
};
