/** All rules, in the order in which they run. To add one: write its file, and name it here. */
import { bindAllInterfaces } from './bind-all-interfaces';
import { codeInjection } from './code-injection';
import { commandInjection } from './command-injection';
import { crossSiteScripting } from './cross-site-scripting';
import { debugMode } from './debug-mode';
import { fileInclusion } from './file-inclusion';
import { insecureRandomness } from './insecure-randomness';
import { insecureTemporaryFile } from './insecure-temporary-file';
import { dangerousDefault } from './mcp/dangerous-default';
import { hiddenInstructions } from './mcp/hidden-instructions';
import { invisibleText } from './mcp/invisible-text';
import { toolShadowing } from './mcp/tool-shadowing';
import { openRedirect } from './open-redirect';
import { pathTraversal } from './path-traversal';
import { permissiveCors } from './permissive-cors';
import { prototypePollution } from './prototype-pollution';
import type { Rule } from './rule';
import { hardcodedSecret } from './secrets/hardcoded-secret';
import { privateKey } from './secrets/private-key';
import { providerCredential } from './secrets/provider-credential';
import { serverSideRequestForgery } from './server-side-request-forgery';
import { sqlInjection } from './sql-injection';
import { templateInjection } from './template-injection';
import { tlsVerificationDisabled } from './tls-verification-disabled';
import { tokenVerificationDisabled } from './token-verification-disabled';
import { trojanSource } from './trojan-source';
import { unsafeDeserialization } from './unsafe-deserialization';
import { weakCipher } from './weak-cipher';
import { weakHash } from './weak-hash';
import { xmlExternalEntities } from './xml-external-entities';

export const RULES: readonly Rule[] = [
  commandInjection,
  codeInjection,
  sqlInjection,
  templateInjection,
  unsafeDeserialization,
  pathTraversal,
  fileInclusion,
  serverSideRequestForgery,
  crossSiteScripting,
  prototypePollution,
  openRedirect,
  xmlExternalEntities,
  providerCredential,
  privateKey,
  hardcodedSecret,
  weakHash,
  weakCipher,
  insecureRandomness,
  tlsVerificationDisabled,
  tokenVerificationDisabled,
  permissiveCors,
  debugMode,
  bindAllInterfaces,
  insecureTemporaryFile,
  trojanSource,
  hiddenInstructions,
  invisibleText,
  toolShadowing,
  dangerousDefault,
];
