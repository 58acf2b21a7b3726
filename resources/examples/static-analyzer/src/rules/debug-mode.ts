/** Switches that are meant for a developer's own machine. */
import { baseName } from '../text/language';
import { findPatterns, type Pattern } from './find-patterns';
import type { SourceRule } from './rule';

const PATTERNS: readonly Pattern[] = [
  {
    languages: ['python'],
    expression: /\b(?:app|application|server)\.run\s?\([^)\n]{0,200}\bdebug\s?=\s?True\b/g,
    refine: () => ({
      description: 'The debugger of Werkzeug answers to everybody, and runs Python for whoever finds its PIN.',
    }),
  },
  {
    languages: ['python'],
    expression: /\b(?:app|application)\.debug\s?=\s?True\b|\b(?:app\.)?config\[["']DEBUG["']\]\s?=\s?True\b/g,
  },
  {
    languages: ['python'],
    expression: /^DEBUG\s?=\s?True\b/gm,
    refine: (_, { source }) => (/settings|config|prod/i.test(baseName(source.filename)) ? {} : undefined),
  },
  {
    languages: ['env', 'yaml', 'dockerfile', 'shell'],
    expression:
      /\b(?:FLASK_DEBUG|DJANGO_DEBUG|APP_DEBUG)["']?\s?[:=]\s?["']?(?:1|true|on)\b|\bFLASK_ENV["']?\s?[:=]\s?["']?development\b/gi,
  },
  {
    languages: ['yaml', 'env'],
    expression: /^debug\s?[:=]\s?(?:true|on|1)\s?$/gim,
    refine: () => ({ severity: 'low', confidence: 0.6 }),
  },
  {
    languages: ['php'],
    expression: /\bini_set\s?\(\s?["']display_errors["']\s?,\s?["']?(?:1|on|true)\b/gi,
    refine: () => ({ severity: 'low', confidence: 0.7 }),
  },
];

export const debugMode: SourceRule = {
  scans: 'source',
  id: 'debug-mode',
  title: 'Debug mode switched on',
  description: 'Error pages show the source, settings and often a console to everybody who can cause an error.',
  severity: 'medium',
  type: 'misconfiguration',
  cwe_ids: ['CWE-489'],
  mitre_tactics: ['discovery', 'execution'],
  mitre_techniques: ['T1190'],
  remediation:
    'Leave debug mode off, and let the environment switch it on: debug=os.environ.get("APP_ENV") == "development".',
  references: [
    'https://cwe.mitre.org/data/definitions/489.html',
    'https://flask.palletsprojects.com/en/stable/debugging/',
  ],
  confidence: 0.9,
  languages: ['python', 'php', 'env', 'yaml', 'dockerfile', 'shell'],
  find: (target) => findPatterns(target, PATTERNS),
};
