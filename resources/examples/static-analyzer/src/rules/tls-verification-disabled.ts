/** Connections that are encrypted, but to whoever answers. */
import type { Language } from '../text/language';
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule } from './rule';

const off = (languages: readonly Language[], expression: RegExp, confidence = 0.99): Pattern => ({
  languages,
  expression,
  refine: () => ({ confidence }),
});

const PATTERNS: readonly Pattern[] = [
  off(
    ['python'],
    /(?<!\.decode\s?\([^)\n]{0,120})\bverify\s?=\s?False\b|\bverify_ssl\s?=\s?False\b|\bssl_verify\s?=\s?False\b/g,
  ),
  off(
    ['python'],
    /\bssl\._create_unverified_context\b|\bverify_mode\s?=\s?ssl\.CERT_NONE\b|\bcert_reqs\s?=\s?["']?(?:ssl\.)?CERT_NONE\b/g,
  ),
  off(['python'], /\bcheck_hostname\s?=\s?False\b/g, 0.9),
  off(['javascript'], /\brejectUnauthorized["']?\s?[:=]\s?(?:false|!1)(?![\w.])/g),
  off(['javascript'], /\bNODE_TLS_REJECT_UNAUTHORIZED["']?\]?\s?=\s?["']?0\b/g),
  off(['javascript'], /\bstrictSSL\s?:\s?false\b/g, 0.9),
  off(['go'], /\bInsecureSkipVerify\s?[:=]\s?true\b/g),
  off(['java'], /\bNoopHostnameVerifier\b|\bALLOW_ALL_HOSTNAME_VERIFIER\b|\bTrustAllStrategy\.INSTANCE\b/g, 0.95),
  off(['java'], /\bcheckServerTrusted\s?\([^)\n]{0,200}\)\s?(?:throws\s\w{1,60}\s?)?\{\s{0,200}\}/g),
  off(['php', 'c'], /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s?(?:,|=>)\s?(?:false|0L?)\b/gi),
  off(['csharp'], /\bServerCertificateValidationCallback\s?\+?=\s?[^;\n]{0,80}=>\s?true\b/g),
  off(
    ['shell', 'dockerfile', 'yaml'],
    /\bcurl\b[^\n|;]{0,120}?\s(?:-\w{0,6}k\b|--insecure\b)|\bwget\b[^\n|;]{0,120}?\s--no-check-certificate\b/g,
    0.9,
  ),
  off(
    ['shell', 'dockerfile', 'env', 'yaml'],
    /\bNODE_TLS_REJECT_UNAUTHORIZED["']?\s?[:=]\s?["']?0\b|\bGIT_SSL_NO_VERIFY\s?[:=]\s?["']?(?:1|true)\b|\bhttp\.sslVerify\s+false\b/g,
  ),
  off(
    ['yaml', 'env', 'json'],
    /\binsecure_?skip_?(?:tls_?)?verify["']?\s?[:=]\s?true\b|\b(?:verify_?ssl|ssl_?verify|tls_?verify|strict-ssl|verify_?certs?)["']?\s?[:=]\s?["']?(?:false|no|off)\b/gi,
    0.95,
  ),
];

export const tlsVerificationDisabled: SourceRule = {
  scans: 'source',
  id: 'tls-verification-disabled',
  title: 'TLS verification switched off',
  description:
    'The certificate of the other side is not checked. Whoever is on the way can answer, read and change everything.',
  severity: 'medium',
  type: 'insecure_protocol',
  cwe_ids: ['CWE-295'],
  mitre_tactics: ['credential_access'],
  mitre_techniques: ['T1557'],
  remediation:
    'Leave verification on. For a certificate of your own, hand its authority to the client: verify="ca.pem", ca: fs.readFileSync("ca.pem").',
  references: [
    'https://cwe.mitre.org/data/definitions/295.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
  ],
  confidence: 0.99,
  languages: ['python', 'javascript', 'go', 'java', 'php', 'c', 'csharp', 'shell', 'dockerfile', 'yaml', 'env', 'json'],
  find: (target) => findPatterns(target, PATTERNS),
};
