/** All rules, and what they say of one open port. */
import type { OpenPort } from '../probe/service';
import { disclosedVersion } from './disclosed-version';
import { databaseIsReachable, noPassword, remoteDesktop } from './open-to-strangers';
import { outdatedProduct } from './outdated-product';
import type { Issue, Rule } from './rule';
import { noStartTls, passwordOverHttp, plainHttp, telnetIsOpen } from './unencrypted';
import { oldSsh, oldTls, untrustedCertificate } from './weak-protocol';

const RULES: readonly Rule[] = [
  telnetIsOpen,
  noStartTls,
  passwordOverHttp,
  plainHttp,
  noPassword,
  databaseIsReachable,
  remoteDesktop,
  oldTls,
  untrustedCertificate,
  oldSsh,
  outdatedProduct,
  disclosedVersion,
];

export const findIssues = (open: OpenPort): Issue[] => RULES.flatMap((rule) => rule(open) ?? []);
