/** Text that becomes part of a page without being escaped. */

import { endOfValue } from '../code/assignments';
import { codeText } from '../code/calls';
import { isBuilt, shapeOf } from '../code/expression';
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import { stringsIn, stringText } from '../text/source-text';
import type { Span } from '../text/span';
import type { Match, SourceRule, SourceTarget } from './rule';

const SINKS: readonly Sink[] = [
  { languages: ['javascript'], callee: /\bdocument\.(?:write|writeln)\b|\.insertAdjacentHTML\b/g, argument: 'all' },
  {
    languages: ['javascript'],
    callee: /(?<![\w$])(?:res|response|reply)\.(?:send|write|end)\b/g,
    argument: 0,
    when: holdsMarkup,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])(?:Markup|mark_safe|HTMLResponse|make_response|HttpResponse)\b/g,
    argument: 0,
  },
  {
    languages: ['java'],
    callee: /\b(?:out|writer|getWriter\s*\(\s*\))\.(?:print|println|write)\b/g,
    argument: 0,
    when: holdsMarkup,
  },
  { languages: ['go'], callee: /\bfmt\.Fprintf?\b|\btemplate\.HTML\b/g, argument: 'all', when: holdsMarkup },
];

export const crossSiteScripting: SourceRule = {
  scans: 'source',
  id: 'cross-site-scripting',
  title: 'Markup from request input',
  description:
    'Text from elsewhere becomes part of a page as markup. A script in it runs as the person who looks at the page.',
  severity: 'high',
  type: 'xss',
  cwe_ids: ['CWE-79'],
  mitre_tactics: ['execution', 'initial_access'],
  mitre_techniques: ['T1059.007', 'T1189'],
  remediation:
    'Set textContent, or let a template that escapes do it. Where markup must be allowed, clean it with a sanitizer such as DOMPurify first.',
  references: [
    'https://cwe.mitre.org/data/definitions/79.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html',
  ],
  confidence: 0.85,
  languages: ['javascript', 'python', 'java', 'go', 'php'],
  find: (target) => [
    ...findUses(target, SINKS, 'html').flatMap((use) => callMatch(target, use)),
    ...assignedMarkup(target),
    ...returnedMarkup(target),
    ...echoedInput(target),
  ],
};

function holdsMarkup(call: Span, { source }: SourceTarget): boolean {
  return stringsIn(source, call).some((token) => /<[a-z!/]/i.test(stringText(source, token)));
}

function callMatch(target: SourceTarget, { call, input }: Use): Match[] {
  if (input === undefined) return [];
  const match = inputMatch(call, `${describeInput(target, input)} is written as markup by \`${call.callee}\`.`);
  const plain = target.source.language === 'python' && !holdsMarkup(call, target);
  return [plain ? { ...match, severity: 'medium', confidence: 0.6 } : match];
}

const inputMatch = ({ start, end }: Span, description: string): Match => ({ start, end, description });

const MARKUP_PROPERTY = /\.(?:innerHTML|outerHTML)\s*\+?=(?!=)|\bdangerouslySetInnerHTML\s*=\s*\{\s*\{\s*__html\s*:/g;
const SANITIZED = /sanitize|purify|escape/i;

/** `element.innerHTML = …` and its like. */
function assignedMarkup(target: SourceTarget): Match[] {
  const { source } = target;
  if (source.language !== 'javascript') return [];
  return spansAfter(target, MARKUP_PROPERTY).flatMap(({ start, value }) => {
    const input = target.flow.inputIn(value, 'html');
    const place = { start, end: value.end };
    if (input !== undefined) return [inputMatch(place, `${describeInput(target, input)} becomes markup.`)];
    if (SANITIZED.test(codeText(source, value)) || shapeOf(target, value, 'html') === 'fixed') return [];
    const built = isBuilt(source, value);
    if (!built && !target.deep) return [];
    const description = 'A value of unknown origin becomes markup. Check where it comes from, or set textContent.';
    return [
      { ...place, title: 'Markup from a variable', description, severity: built ? 'medium' : 'low', confidence: 0.45 },
    ];
  });
}

/** In a handler of Flask, what is returned is the page. */
function returnedMarkup(target: SourceTarget): Match[] {
  const { source, flow } = target;
  if (source.language !== 'python' || !/\b(?:flask|bottle|HTMLResponse)\b/.test(source.code)) return [];
  return spansAfter(target, /\breturn\b/g).flatMap(({ start, value }) => {
    if (!/^\s*\(?\s*\w{0,2}["']/.test(source.bare.slice(value.start, value.end)) || !holdsMarkup(value, target))
      return [];
    const input = flow.inputIn(value, 'html');
    return input === undefined
      ? []
      : [inputMatch({ start, end: value.end }, `${describeInput(target, input)} is part of the page.`)];
  });
}

/** PHP prints what it is given. */
function echoedInput(target: SourceTarget): Match[] {
  if (target.source.language !== 'php') return [];
  return spansAfter(target, /\b(?:echo|print)\b|<\?=/g).flatMap(({ start, value }) => {
    const input = target.flow.inputIn(value, 'html');
    return input === undefined
      ? []
      : [inputMatch({ start, end: value.end }, `${describeInput(target, input)} is part of the page.`)];
  });
}

function spansAfter({ source }: SourceTarget, expression: RegExp): { start: number; value: Span }[] {
  const spans: { start: number; value: Span }[] = [];
  expression.lastIndex = 0;
  for (let found = expression.exec(source.bare); found !== null; found = expression.exec(source.bare)) {
    const start = found.index + found[0].length;
    spans.push({
      start: found.index,
      value: { start, end: endOfValue(source.bare, start, source.language === 'python') },
    });
  }
  return spans;
}
