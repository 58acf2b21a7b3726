/** Shell commands that are put together from what someone else sent. */
import { type Call, codeText, keywordArgument } from '../code/calls';
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import type { Match, SourceRule, SourceTarget } from './rule';

const hasShell = (call: Call, { source }: SourceTarget): boolean => {
  const shell = keywordArgument(call, 'shell');
  return shell !== undefined && codeText(source, shell) === 'True';
};

/** `["sh", "-c", command]` is a shell under another name. */
const startsShell = (call: Call, { source }: SourceTarget): boolean =>
  /^[^"'`]{0,40}["'`](?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh["'`][\s,[\]{}]{1,8}["'`]-l?c["'`]|^[^"'`]{0,40}["'`](?:cmd(?:\.exe)?|powershell(?:\.exe)?)["'`]/i.test(
    codeText(source, call).slice(call.callee.length),
  );

const allowsShell = (call: Call, target: SourceTarget): boolean =>
  /\bshell\s*:\s*true\b/.test(codeText(target.source, call)) || startsShell(call, target);

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee:
      /\b(?:os\.system|os\.popen|subprocess\.getoutput|subprocess\.getstatusoutput|commands\.getoutput|asyncio\.create_subprocess_shell|create_subprocess_shell)/g,
    argument: 0,
  },
  {
    languages: ['python'],
    callee: /\b(?:subprocess\.|sp\.)?(?:run|call|check_call|check_output|Popen)\b/g,
    argument: 0,
    keyword: 'args',
    needs: /\bsubprocess\b/,
    when: (call, target) => hasShell(call, target) || startsShell(call, target),
  },
  {
    languages: ['javascript'],
    callee: /(?:\b(?:child_process|childProcess|cp|child)\.|(?<![\w$.]))(?:exec|execSync|execAsync|execPromise)\b/g,
    argument: 0,
    needs: /\bchild_process\b/,
  },
  {
    languages: ['javascript'],
    callee: /(?<![\w$])(?:spawn|spawnSync|execFile|execFileSync)\b/g,
    argument: 'all',
    needs: /\bchild_process\b/,
    when: allowsShell,
  },
  { languages: ['java'], callee: /\b(?:getRuntime\s*\(\s*\)|runtime|rt)\.exec\b/g, argument: 0 },
  { languages: ['java'], callee: /\bnew\s+ProcessBuilder\b/g, argument: 'all', when: startsShell },
  { languages: ['go'], callee: /\bexec\.Command(?:Context)?\b/g, argument: 'all', when: startsShell },
  { languages: ['php'], callee: /(?<![\w$>:\\])(?:system|exec|shell_exec|passthru|popen|proc_open)\b/g, argument: 0 },
  { languages: ['c'], callee: /(?<![\w.>])(?:system|popen)\b/g, argument: 0 },
];

export const commandInjection: SourceRule = {
  scans: 'source',
  id: 'command-injection',
  title: 'Shell command from parts',
  description:
    'A shell runs a command that is put together from values. A value with a quote or a semicolon runs more.',
  severity: 'critical',
  type: 'code_injection',
  cwe_ids: ['CWE-78'],
  mitre_tactics: ['execution'],
  mitre_techniques: ['T1059', 'T1190'],
  remediation:
    'Start the program without a shell and pass its arguments as a list, such as subprocess.run(["ping", host]) or execFile("ping", [host]). Check the values against an allow list as well.',
  references: [
    'https://cwe.mitre.org/data/definitions/78.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/OS_Command_Injection_Defense_Cheat_Sheet.html',
  ],
  confidence: 0.97,
  languages: ['python', 'javascript', 'java', 'go', 'php', 'c'],
  find: (target) => findUses(target, SINKS, 'command').flatMap((use) => matchOf(target, use)),
};

function matchOf(target: SourceTarget, { call, shape, input }: Use): Match[] {
  const place = { start: call.start, end: call.end };
  if (input !== undefined) {
    const title = input.source.startsWith('parameter ')
      ? 'Shell command from input'
      : 'Shell command from request input';
    const description = `${describeInput(target, input)} reaches \`${call.callee}\`, which hands it to a shell.`;
    return [{ ...place, title, description, confidence: input.direct ? 0.97 : 0.95 }];
  }
  if (shape === 'built') return [{ ...place, severity: 'high', confidence: 0.65 }];
  if (!target.deep) return [];
  return [{ ...place, title: 'Shell command from a variable', severity: 'medium', confidence: 0.4 }];
}
