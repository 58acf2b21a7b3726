/** Text that is run as code. */
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import type { Match, SourceRule, SourceTarget } from './rule';

const SINKS: readonly Sink[] = [
  { languages: ['python'], callee: /(?<![\w.])(?:builtins\.)?(?:eval|exec)\b/g, argument: 0 },
  { languages: ['javascript'], callee: /(?<![\w$.])(?:(?:window|globalThis|global|self)\.)?eval\b/g, argument: 0 },
  { languages: ['javascript'], callee: /\bnew\s+Function\b|(?<![\w$.])Function(?=\s*\(\s*["'`\w])/g, argument: 'all' },
  {
    languages: ['javascript'],
    callee: /\bvm\.(?:runInNewContext|runInThisContext|runInContext|compileFunction)\b|\bnew\s+vm\.Script\b/g,
    argument: 0,
    needs: /\bvm\b/,
  },
  { languages: ['php'], callee: /(?<![\w$>:])(?:eval|assert|create_function)\b/g, argument: 'all' },
  { languages: ['java'], callee: /\b(?:engine|scriptEngine|shell|groovyShell)\.(?:eval|evaluate)\b/g, argument: 0 },
];

export const codeInjection: SourceRule = {
  scans: 'source',
  id: 'code-injection',
  title: 'Dynamic evaluation',
  description:
    'Text that is not fixed is run as code. Whoever has a say in the text has a say in what the program does.',
  severity: 'critical',
  type: 'code_injection',
  cwe_ids: ['CWE-95'],
  mitre_tactics: ['execution'],
  mitre_techniques: ['T1059', 'T1190'],
  remediation:
    'Parse what you need instead of running it: ast.literal_eval or json.loads in Python, JSON.parse in JavaScript, a table of allowed operations for formulas.',
  references: [
    'https://cwe.mitre.org/data/definitions/95.html',
    'https://owasp.org/www-community/attacks/Code_Injection',
  ],
  confidence: 0.9,
  languages: ['python', 'javascript', 'php', 'java'],
  find: (target) => findUses(target, SINKS, 'code').flatMap((use) => matchOf(target, use)),
};

function matchOf(target: SourceTarget, { call, shape, input }: Use): Match[] {
  const place = { start: call.start, end: call.end };
  if (input !== undefined) {
    const description = `${describeInput(target, input)} is run as code by \`${call.callee}\`.`;
    return [{ ...place, title: 'Dynamic evaluation of input', description, confidence: 0.9 }];
  }
  if (call.callee === 'assert') return [];
  if (shape === 'built') return [{ ...place, severity: 'medium', confidence: 0.6 }];
  return [{ ...place, severity: 'medium', confidence: 0.45 }];
}
