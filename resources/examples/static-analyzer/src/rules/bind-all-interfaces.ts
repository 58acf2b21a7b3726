/** Servers that listen on every network the machine is in. */
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule } from './rule';

const PATTERNS: readonly Pattern[] = [
  {
    languages: ['python'],
    expression:
      /\b(?:app|application|server|uvicorn|web)\.run(?:_app)?\s?\([^)\n]{0,200}\bhost\s?=\s?["'](?:0\.0\.0\.0|::)["']/g,
  },
  { languages: ['python'], expression: /\.bind\s?\(\s?\(\s?["'](?:0\.0\.0\.0|::)?["']/g },
  { languages: ['javascript'], expression: /\.listen\s?\(\s?[\w.]{1,40}\s?,\s?["'`](?:0\.0\.0\.0|::)["'`]/g },
  { languages: ['javascript'], expression: /\bhost(?:name)?\s?:\s?["'`]0\.0\.0\.0["'`]/g },
];

export const bindAllInterfaces: SourceRule = {
  scans: 'source',
  id: 'bind-all-interfaces',
  title: 'Server open to every network',
  description: 'The server accepts connections from every network that the machine is in, not only from this machine.',
  severity: 'low',
  type: 'misconfiguration',
  cwe_ids: ['CWE-1327'],
  mitre_tactics: ['initial_access'],
  mitre_techniques: ['T1133'],
  remediation: 'Listen on 127.0.0.1 behind a proxy, or make the address a setting. In a container 0.0.0.0 is right.',
  references: ['https://cwe.mitre.org/data/definitions/1327.html'],
  confidence: 0.55,
  languages: ['python', 'javascript'],
  find: (target) => findPatterns(target, PATTERNS),
};
