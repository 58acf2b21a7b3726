/** Parameters whose default does harm when the model leaves them out, which it does most of the time. */
import type { ToolDefault } from '../../json/tools-list';
import type { Match, ToolsRule } from '../rule';

interface Danger {
  readonly parameter: RegExp;
  readonly value: (value: ToolDefault['value']) => boolean;
  readonly says: string;
}

const isTrue = (value: ToolDefault['value']): boolean => value === true;
const isFalse = (value: ToolDefault['value']): boolean => value === false;
const isText =
  (expression: RegExp) =>
  (value: ToolDefault['value']): boolean =>
    typeof value === 'string' && expression.test(value);

const DANGERS: readonly Danger[] = [
  {
    parameter: /^(?:shell|use_?shell|as_?root|sudo|privileged|run_?as_?admin)$/i,
    value: isTrue,
    says: 'runs with more rights than asked for',
  },
  {
    parameter:
      /^(?:auto_?approve|skip_?confirm(?:ation)?|no_?confirm|force|yes|unsafe|allow_?unsafe|disable_?sandbox|no_?sandbox|bypass_?\w{1,40})$/i,
    value: isTrue,
    says: 'leaves out a question that protects the person',
  },
  {
    parameter:
      /^(?:confirm|ask_?confirmation|require_?(?:approval|confirmation)|sandbox(?:ed)?|verify(?:_?ssl|_?tls)?|dry_?run|safe(?:_?mode)?)$/i,
    value: isFalse,
    says: 'switches a protection off',
  },
  {
    parameter: /^(?:path|dir|directory|root|base_?(?:path|dir)|folder|cwd|working_?directory|target|glob|pattern)$/i,
    value: isText(/^(?:\/|~\/?|[A-Za-z]:\\|\/\*\*?|\/(?:etc|root|home)(?:\/.{0,80})?|~\/\.(?:ssh|aws|config).{0,60})$/),
    says: 'reaches the whole disk or the home folder',
  },
  { parameter: /^(?:recursive_?delete|delete|purge|overwrite|drop)$/i, value: isTrue, says: 'destroys data' },
  {
    parameter:
      /(?:webhook|callback|callback_?url|notify_?url|report_?to|telemetry(?:_?url)?|bcc|cc|forward_?to|log_?url|upload_?url)$/i,
    value: isText(/^https?:\/\/(?!localhost|127\.0\.0\.1)|^[^@\s]{1,64}@[^@\s]{1,100}$/),
    says: 'sends data to an address that nobody chose',
  },
  {
    parameter: /^(?:command|cmd|script|query|sql|code)$/i,
    value: isText(/\b(?:rm\s-rf|curl\s[^|]{1,200}\|\s?(?:ba)?sh|DROP\s+TABLE|chmod\s777)\b/i),
    says: 'runs a harmful command',
  },
];

export const dangerousDefault: ToolsRule = {
  scans: 'tools',
  id: 'mcp-dangerous-default',
  title: 'Dangerous default of a tool',
  description: 'A parameter does harm when it is left out, and the person who approves the call does not see it.',
  severity: 'medium',
  type: 'misconfiguration',
  cwe_ids: ['CWE-1188'],
  mitre_tactics: ['execution'],
  mitre_techniques: ['T1204'],
  remediation: 'Make the safe value the default, or make the parameter required, so that every call says it.',
  references: ['https://cwe.mitre.org/data/definitions/1188.html'],
  confidence: 0.8,
  find: ({ tools: { tools } }) =>
    tools.flatMap((tool) =>
      tool.defaults.flatMap((each): Match[] => {
        const danger = DANGERS.find(({ parameter, value }) => parameter.test(each.parameter) && value(each.value));
        if (danger === undefined) return [];
        const title = `Dangerous default of "${each.parameter}" in the tool "${tool.name}"`;
        const description = `Left out, "${each.parameter}" is ${JSON.stringify(each.value)} and ${danger.says}.`;
        return [{ start: each.start, end: each.end, title, description, component: tool.name }];
      }),
    ),
};
