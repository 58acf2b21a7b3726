/**
 * Versions with known holes, by what a service says of itself. Distributions mend holes without a new number: these
 * findings are to be checked, and are less sure than others.
 */
import type { Severity } from 'mcp-plugin-sdk';
import type { Issue, Rule } from './rule';
import { isVersionIn } from './version';

interface Advisory {
  /** In lower case, as the service names itself. */
  readonly product: string;
  /** Such as `>=8.5 <9.8`. */
  readonly affected: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cve_ids: readonly string[];
  readonly confidence: number;
  readonly update: string;
}

const ADVISORIES: readonly Advisory[] = [
  {
    product: 'openssh',
    affected: '>=8.5 <9.8',
    title: 'OpenSSH with a race in its login timeout',
    severity: 'high',
    cve_ids: ['CVE-2024-6387'],
    confidence: 0.4,
    update: '9.8',
  },
  {
    product: 'openssh',
    affected: '<7.4',
    title: 'OpenSSH that is no longer maintained',
    severity: 'medium',
    cve_ids: ['CVE-2016-10009', 'CVE-2016-10012'],
    confidence: 0.6,
    update: 'a version that is maintained',
  },
  {
    product: 'vsftpd',
    affected: '=2.3.4',
    title: 'vsftpd 2.3.4, which was spread with a backdoor',
    severity: 'critical',
    cve_ids: ['CVE-2011-2523'],
    confidence: 0.7,
    update: '3.0',
  },
  {
    product: 'proftpd',
    affected: '=1.3.5',
    title: 'ProFTPD that copies files for strangers',
    severity: 'critical',
    cve_ids: ['CVE-2015-3306'],
    confidence: 0.6,
    update: '1.3.6',
  },
  {
    product: 'apache',
    affected: '>=2.4.49 <2.4.51',
    title: 'Apache that serves files outside of its folders',
    severity: 'critical',
    cve_ids: ['CVE-2021-41773', 'CVE-2021-42013'],
    confidence: 0.7,
    update: '2.4.51',
  },
  {
    product: 'apache',
    affected: '<2.4',
    title: 'Apache 2.2 or older, which is no longer maintained',
    severity: 'medium',
    cve_ids: [],
    confidence: 0.7,
    update: '2.4',
  },
  {
    product: 'nginx',
    affected: '>=0.6.18 <1.20.1',
    title: 'nginx that writes one byte too far when it looks up a name',
    severity: 'medium',
    cve_ids: ['CVE-2021-23017'],
    confidence: 0.4,
    update: '1.20.1',
  },
  {
    product: 'microsoft-iis',
    affected: '<7.5',
    title: 'IIS that is no longer maintained',
    severity: 'high',
    cve_ids: ['CVE-2017-7269'],
    confidence: 0.8,
    update: 'a version that is maintained',
  },
  {
    product: 'exim',
    affected: '>=4.87 <4.92',
    title: 'Exim that runs what a recipient is called',
    severity: 'critical',
    cve_ids: ['CVE-2019-10149'],
    confidence: 0.5,
    update: '4.92',
  },
  {
    product: 'redis',
    affected: '<6.2.20',
    title: 'Redis whose scripts can break out',
    severity: 'high',
    cve_ids: ['CVE-2025-49844'],
    confidence: 0.6,
    update: '6.2.20, or the newest of your branch',
  },
  {
    product: 'mysql',
    affected: '<8.0',
    title: 'MySQL that is no longer maintained',
    severity: 'medium',
    cve_ids: [],
    confidence: 0.8,
    update: '8.4',
  },
];

export const outdatedProduct: Rule = ({ service }): Issue[] => {
  const { product, version } = service;
  if (product === undefined || version === undefined) return [];
  const name = product.toLowerCase();
  return ADVISORIES.filter((advisory) => advisory.product === name && isVersionIn(version, advisory.affected)).map(
    (advisory) => ({
      rule: 'outdated-product',
      title: advisory.title,
      description: `The service says that it is ${product} ${version}. It may have been mended without a new number.`,
      severity: advisory.severity,
      type: 'outdated_component',
      cwe_ids: ['CWE-1104'],
      cve_ids: advisory.cve_ids,
      confidence: advisory.confidence,
      remediation: `Check whether the package is mended; else update to ${advisory.update}.`,
      references: advisory.cve_ids.map((id) => `https://nvd.nist.gov/vuln/detail/${id}`),
    }),
  );
};
