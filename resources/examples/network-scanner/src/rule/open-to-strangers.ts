/** Services that should ask who is there, or should not be there at all. */
import type { Issue, Rule } from './rule';

const NO_PASSWORD: ReadonlyMap<
  string,
  { product: string; consequence: string; remediation: string; reference: string }
> = new Map([
  [
    'redis',
    {
      product: 'Redis',
      consequence: ', and has often come to run programs on the host',
      remediation: 'Set a password or ACLs, bind it to the addresses that need it, and leave protected-mode on.',
      reference: 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
    },
  ],
  [
    'mongodb',
    {
      product: 'MongoDB',
      consequence: '',
      remediation: 'Switch authorization on, make users, and bind it to the addresses that need it.',
      reference: 'https://www.mongodb.com/docs/manual/administration/security-checklist/',
    },
  ],
]);

export const noPassword: Rule = ({ service }): Issue | undefined => {
  const known = NO_PASSWORD.get(service.name);
  if (known === undefined || service.facts?.authentication !== false) return undefined;
  return {
    rule: `${service.name}-without-password`,
    title: `${known.product} without a password`,
    description: `It answers strangers. Whoever reaches the port reads and changes all data${known.consequence}.`,
    severity: 'critical',
    type: 'authentication_bypass',
    cwe_ids: ['CWE-306'],
    confidence: 1,
    remediation: known.remediation,
    references: [known.reference],
  };
};

const DATABASES: ReadonlyMap<string, string> = new Map([
  ['mysql', 'MySQL'],
  ['postgresql', 'PostgreSQL'],
  ['redis', 'Redis'],
  ['mongodb', 'MongoDB'],
]);

export const databaseIsReachable: Rule = ({ service, address }): Issue | undefined => {
  const name = DATABASES.get(service.name);
  const isLocal = address === '::1' || address.startsWith('127.');
  if (name === undefined || isLocal || service.facts?.authentication === false) return undefined;
  return {
    rule: 'database-reachable',
    title: `${name} can be reached over the network`,
    description: 'A database is for the services that use it. Here it can be tried by everybody in the network.',
    severity: 'low',
    type: 'misconfiguration',
    cwe_ids: ['CWE-668'],
    confidence: 0.8,
    remediation: 'Let only the services that use it through the firewall, or bind it to their network.',
  };
};

export const remoteDesktop: Rule = ({ service }): Issue | undefined =>
  service.name !== 'vnc'
    ? undefined
    : {
        rule: 'vnc-open',
        title: 'VNC can be reached',
        description: 'VNC knows passwords of eight characters at most, and most versions do not encrypt.',
        severity: 'medium',
        type: 'insecure_protocol',
        cwe_ids: ['CWE-319', 'CWE-521'],
        confidence: 0.8,
        remediation: 'Reach it through SSH or a VPN only.',
      };
