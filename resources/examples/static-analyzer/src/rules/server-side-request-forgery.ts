/** Requests that the server makes to an address that the client may choose. */
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import { type SourceText, stringAt, stringText } from '../text/source-text';
import type { SourceRule } from './rule';

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:requests|httpx|session|client|http|aiohttp|urllib3)\.(?:get|post|put|patch|delete|head)\b/g,
    argument: 0,
    keyword: 'url',
    needs: /\b(?:requests|httpx|aiohttp|urllib3)\b/,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:requests|httpx|session|client)\.(?:request|stream)\b/g,
    argument: 1,
    keyword: 'url',
  },
  {
    languages: ['python'],
    callee: /\b(?:urllib\.request\.|request\.|urllib2\.)?(?:urlopen|urlretrieve)\b/g,
    argument: 0,
  },
  {
    languages: ['javascript'],
    callee:
      /(?<![\w$.])(?:fetch|axios(?:\.(?:get|post|put|patch|delete|head|request))?|got(?:\.(?:get|post))?|needle(?:\.get)?|superagent\.get|undici\.(?:fetch|request)|https?\.(?:get|request))\b/g,
    argument: 0,
  },
  {
    languages: ['java'],
    callee:
      /\bnew\s+(?:java\.net\.)?URL\b|\bURI\.create\b|\brestTemplate\.(?:getForObject|getForEntity|exchange|postForObject)\b/g,
    argument: 0,
  },
  { languages: ['go'], callee: /\bhttp\.(?:Get|Post|Head)\b/g, argument: 0 },
  { languages: ['go'], callee: /\bhttp\.NewRequest\b/g, argument: 1 },
  { languages: ['go'], callee: /\bhttp\.NewRequestWithContext\b/g, argument: 2 },
  { languages: ['php'], callee: /(?<![\w$>:])(?:curl_init|curl_setopt)\b/g, argument: 'all' },
];

export const serverSideRequestForgery: SourceRule = {
  scans: 'source',
  id: 'server-side-request-forgery',
  title: 'Address from request input',
  description:
    'The server fetches an address that a request chooses: also one inside the network, such as the metadata service of the cloud.',
  severity: 'high',
  type: 'information_disclosure',
  cwe_ids: ['CWE-918'],
  mitre_tactics: ['initial_access', 'discovery'],
  mitre_techniques: ['T1190', 'T1552.005'],
  remediation:
    'Choose the address from a list of your own. Where it must be free, allow https only, resolve the name and refuse private addresses, and do not follow redirects.',
  references: [
    'https://cwe.mitre.org/data/definitions/918.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
  ],
  confidence: 0.85,
  languages: ['python', 'javascript', 'java', 'go', 'php'],
  find: (target) =>
    findUses(target, SINKS, 'url').flatMap((use) => {
      const { call, input } = use;
      if (input === undefined || hasFixedHost(target.source, use) || isBrowserFetch(call.callee, input.source))
        return [];
      const description = `${describeInput(target, input)} chooses where \`${call.callee}\` connects to.`;
      return [{ start: call.start, end: call.end, description, confidence: input.direct ? 0.88 : 0.85 }];
    }),
};

/** Input after `https://host/` chooses a path on that host only. */
function hasFixedHost(source: SourceText, { argument }: Use): boolean {
  const first = stringAt(source, argument.start);
  if (first === undefined) return false;
  const text = stringText(source, first);
  const hole = first.holes[0];
  const fixed = hole === undefined ? text : text.slice(0, hole.start - first.innerStart);
  return /^(?:https?:\/\/[^/${}]{1,200}\/|\/(?!\/))/i.test(fixed);
}

/** In a browser it is the person's own request. */
const isBrowserFetch = (callee: string, source: string): boolean =>
  callee === 'fetch' && /^(?:window|document|self|location)\b/.test(source);
