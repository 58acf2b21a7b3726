/** Servers that tell everybody what exactly they are. */
import type { Issue, Rule } from './rule';

export const disclosedVersion: Rule = ({ service }): Issue | undefined => {
  if (service.name !== 'http' && service.name !== 'https') return undefined;
  const told = [service.facts?.server, service.facts?.powered_by].filter(
    (value): value is string => typeof value === 'string' && /[0-9]\.[0-9]/.test(value),
  );
  if (told.length === 0) return undefined;
  return {
    rule: 'version-disclosed',
    title: 'The server tells its version',
    description: 'Whoever looks for servers with a hole that has just become known finds this one by its headers.',
    severity: 'low',
    type: 'information_disclosure',
    cwe_ids: ['CWE-200'],
    confidence: 0.9,
    remediation: 'Leave the version out of the headers Server and X-Powered-By.',
    evidence: told,
  };
};
