/** JSON Web Tokens that are read without checking who wrote them. */
import { codeText, findCalls } from '../code/calls';
import type { SourceRule } from './rule';

const UNCHECKED =
  /["']?verify_signature["']?\s?[:=]\s?False\b|\bverify\s?=\s?False\b|\balgorithms?["']?\s?[:=]\s?\[?\s?["'`]none["'`]|\bignoreSignature\s?:\s?true\b/i;

export const tokenVerificationDisabled: SourceRule = {
  scans: 'source',
  id: 'token-verification-disabled',
  title: 'Token signature not checked',
  description: 'A token is accepted without a check of its signature: anybody can write one in any name.',
  severity: 'high',
  type: 'authentication_bypass',
  cwe_ids: ['CWE-347'],
  mitre_tactics: ['initial_access', 'privilege_escalation'],
  mitre_techniques: ['T1606.001'],
  remediation:
    'Verify with the key and exactly the algorithms that you sign with: jwt.decode(token, key, algorithms=["RS256"]).',
  references: [
    'https://cwe.mitre.org/data/definitions/347.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html',
  ],
  confidence: 0.95,
  languages: ['python', 'javascript'],
  find: ({ source }) =>
    findCalls(
      source,
      /\b(?:jwt|jsonwebtoken|jose|pyjwt)\.(?:decode|verify|sign|encode)\b|(?<![\w$.])jwtVerify\b/gi,
    ).flatMap((call) => {
      const option = UNCHECKED.exec(codeText(source, call));
      return option === null ? [] : [{ start: call.start, end: call.end }];
    }),
};
