/** Services that send passwords in the clear. */
import type { Issue, Rule } from './rule';

const base = { type: 'insecure_protocol', cwe_ids: ['CWE-319'] } as const;

export const telnetIsOpen: Rule = ({ service }): Issue | undefined =>
  service.name !== 'telnet'
    ? undefined
    : {
        ...base,
        rule: 'telnet-open',
        title: 'Telnet is open',
        description:
          'Telnet sends user names, passwords and whole sessions as they are typed. Anybody on the way reads them.',
        severity: 'high',
        confidence: 0.9,
        remediation:
          'Use SSH, and switch telnet off. Where a device has nothing else, keep it in a network of its own.',
      };

const NAMES: ReadonlyMap<string, string> = new Map([
  ['ftp', 'FTP'],
  ['smtp', 'SMTP'],
  ['imap', 'IMAP'],
  ['pop3', 'POP3'],
]);

export const noStartTls: Rule = ({ service }): Issue | undefined => {
  const name = NAMES.get(service.name);
  if (name === undefined || service.tls !== undefined || service.facts?.starttls !== false) return undefined;
  return {
    ...base,
    rule: 'no-starttls',
    title: `${name} without encryption`,
    description: `The service does not offer TLS, so that passwords and content are sent in the clear.`,
    severity: 'medium',
    confidence: 0.85,
    remediation: `Give the service a certificate and switch on ${name === 'FTP' ? 'AUTH TLS, or use SFTP' : 'STARTTLS'}.`,
  };
};

export const passwordOverHttp: Rule = ({ service }): Issue | undefined => {
  const scheme = service.name === 'http' ? service.facts?.authentication : undefined;
  if (typeof scheme !== 'string' || scheme.toLowerCase() !== 'basic') return undefined;
  return {
    ...base,
    rule: 'password-over-http',
    title: 'Passwords over plain HTTP',
    description:
      'The server asks for a user name and a password with Basic authentication, and is reached without TLS.',
    severity: 'high',
    cwe_ids: ['CWE-319', 'CWE-522'],
    confidence: 0.95,
    remediation: 'Serve it over HTTPS only, and send plain HTTP there.',
  };
};

export const plainHttp: Rule = ({ service }): Issue | undefined => {
  if (service.name !== 'http' || service.facts?.authentication !== undefined) return undefined;
  const { status, location } = service.facts ?? {};
  if (typeof status !== 'number' || status < 200 || status > 399) return undefined;
  if (typeof location === 'string' && /^https:/i.test(location)) return undefined;
  return {
    ...base,
    rule: 'http-without-tls',
    title: 'HTTP without encryption',
    description: 'The server answers plain HTTP and does not send its visitors to HTTPS.',
    severity: 'low',
    confidence: 0.7,
    remediation: 'Serve it over HTTPS, and answer plain HTTP with a redirect.',
  };
};
