/** Redirects to where a request says. */
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import { stringAt, stringText } from '../text/source-text';
import type { SourceRule, SourceTarget } from './rule';

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:redirect|HttpResponseRedirect|RedirectResponse)\b/g,
    argument: 0,
    keyword: 'url',
  },
  { languages: ['javascript'], callee: /(?<![\w$])(?:res|reply|response|ctx)\.redirect\b/g, argument: 'all' },
  { languages: ['java'], callee: /\b(?:response|res)\.sendRedirect\b/g, argument: 0 },
  { languages: ['go'], callee: /\bhttp\.Redirect\b/g, argument: 2 },
  {
    languages: ['php'],
    callee: /(?<![\w$>:])header\b/g,
    argument: 0,
    when: (call, { source }) => /\(\s*["']location:/i.test(source.code.slice(call.start, call.end)),
  },
];

export const openRedirect: SourceRule = {
  scans: 'source',
  id: 'open-redirect',
  title: 'Redirect to request input',
  description: 'A link to this site can send people to any other: the address looks trustworthy and leads elsewhere.',
  severity: 'medium',
  type: 'other',
  cwe_ids: ['CWE-601'],
  mitre_tactics: ['initial_access'],
  mitre_techniques: ['T1566.002'],
  remediation: 'Redirect to paths of your own only: compare with a list, or check that the address has your host.',
  references: [
    'https://cwe.mitre.org/data/definitions/601.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html',
  ],
  confidence: 0.8,
  languages: ['python', 'javascript', 'java', 'go', 'php'],
  find: (target) =>
    findUses(target, SINKS, 'url').flatMap((use) => {
      const { call, input } = use;
      if (input === undefined || /\.(?:path|headers)\b|URL\.Path/.test(input.source) || staysHere(target, use))
        return [];
      return [
        {
          start: call.start,
          end: call.end,
          description: `${describeInput(target, input)} chooses where the redirect leads.`,
        },
      ];
    }),
};

/** Text before the input makes it a path on this host, or on another that is fixed. */
function staysHere({ source }: SourceTarget, { argument }: Use): boolean {
  const first = stringAt(source, argument.start);
  return first !== undefined && /^(?:location:\s*)?(?:\/\w|\/\?|https?:\/\/[^/${]+\/)/i.test(stringText(source, first));
}
