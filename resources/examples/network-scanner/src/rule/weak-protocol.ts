/** Versions of protocols that are broken, and certificates that nobody should trust. */
import type { Issue, Rule } from './rule';

export const oldTls: Rule = ({ service }): Issue | undefined => {
  const version = service.tls?.version;
  if (version === undefined || version === 'TLS 1.2') return undefined;
  return {
    rule: 'tls-outdated-protocol',
    title: `${version} is the best that the server can do`,
    description: 'TLS 1.0, TLS 1.1 and SSL have been given up: they allow attacks on the encryption.',
    severity: version === 'SSL 3.0' ? 'high' : 'medium',
    type: 'weak_cryptography',
    cwe_ids: ['CWE-326', 'CWE-327'],
    confidence: 0.95,
    remediation: 'Switch on TLS 1.2 and 1.3, and switch off what is older.',
    references: ['https://www.rfc-editor.org/rfc/rfc8996'],
  };
};

export const untrustedCertificate: Rule = ({ service }): Issue | undefined => {
  const problem = service.tls?.problem;
  if (problem === undefined) return undefined;
  const isExpired = problem.includes('EXPIRED');
  return {
    rule: 'tls-certificate-not-trusted',
    title: isExpired ? 'The certificate has expired' : 'The certificate is not trusted',
    description: 'Clients cannot tell the server from somebody who pretends to be it, or learn to ignore the warning.',
    severity: isExpired ? 'medium' : 'low',
    type: 'misconfiguration',
    cwe_ids: ['CWE-295'],
    confidence: 0.8,
    remediation: 'Use a certificate that is valid, for this name, and of an authority that the clients know.',
    evidence: [problem],
  };
};

export const oldSsh: Rule = ({ service }): Issue | undefined => {
  const protocol = service.name === 'ssh' ? service.facts?.protocol : undefined;
  if (typeof protocol !== 'string' || protocol === '2.0') return undefined;
  return {
    rule: 'ssh-protocol-1',
    title: 'SSH allows protocol 1',
    description: 'The first protocol of SSH is broken: sessions can be read and changed on the way.',
    severity: 'high',
    type: 'weak_cryptography',
    cwe_ids: ['CWE-327'],
    confidence: 0.9,
    remediation: 'Allow protocol 2 only.',
  };
};
