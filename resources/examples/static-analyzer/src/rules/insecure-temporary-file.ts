/** Temporary files whose name others can know beforehand. */
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule } from './rule';

const PATTERNS: readonly Pattern[] = [
  { languages: ['python'], expression: /\btempfile\.mktemp\s?\(|\bos\.(?:tmpnam|tempnam)\s?\(/g },
  { languages: ['c'], expression: /(?<![\w.>])(?:mktemp|tmpnam|tempnam)\s?\(/g },
  {
    languages: ['python'],
    expression: /(?<![\w.])open\s?\(\s?f?["']\/tmp\/[^"'\n]{1,80}["']\s?,\s?["'][wax]/g,
    refine: () => ({ severity: 'low', confidence: 0.6 }),
  },
  {
    languages: ['javascript'],
    expression: /\b(?:writeFile|writeFileSync|createWriteStream)\s?\(\s?["'`]\/tmp\/[^"'`\n]{1,80}["'`]/g,
    refine: () => ({ severity: 'low', confidence: 0.6 }),
  },
];

export const insecureTemporaryFile: SourceRule = {
  scans: 'source',
  id: 'insecure-temporary-file',
  title: 'Guessable temporary file',
  description:
    'Another user of the machine can create the file first, or put a link in its place, and so read or redirect what is written.',
  severity: 'medium',
  type: 'information_disclosure',
  cwe_ids: ['CWE-377'],
  mitre_tactics: ['privilege_escalation'],
  mitre_techniques: ['T1068'],
  remediation: 'Let the system create the file: tempfile.mkstemp or NamedTemporaryFile, fs.mkdtemp, mkstemp.',
  references: [
    'https://cwe.mitre.org/data/definitions/377.html',
    'https://owasp.org/www-community/vulnerabilities/Insecure_Temporary_File',
  ],
  confidence: 0.9,
  languages: ['python', 'c', 'javascript'],
  find: (target) => findPatterns(target, PATTERNS),
};
