/**
 * Tools that take another tool's place: by its name, by a name that looks the same, or by telling the model to use
 * them instead. Names of tools of other servers come from the configuration (`known_tools`).
 */

import type { Tool, ToolText } from '../../json/tools-list';
import { lookalikesIn, skeletonOf } from '../../text/skeleton';
import type { Match, ToolsRule, ToolsTarget } from '../rule';

const INSTEAD =
  /\b(?:instead of|in place of|rather than|replaces?|supersedes?|overrides?|takes? (?:the )?(?:place|precedence) (?:of|over))\b[^.\n]{0,60}/gi;
const AVOID = /\b(?:do not|don't|never|stop|avoid)\s(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing))\b[^.\n]{0,60}/gi;
const WHEN_CALLED =
  /\b(?:when(?:ever)?|before|after|if)\b[^.\n]{0,30}\b(?:call(?:ing|ed)?|us(?:e|ing|ed)|invok(?:e|ing|ed))\b[^.\n]{0,60}/gi;

export const toolShadowing: ToolsRule = {
  scans: 'tools',
  id: 'mcp-tool-shadowing',
  title: 'Tool that shadows another',
  description:
    'The model cannot tell the two tools apart, or is told to prefer this one: calls go to whoever wrote it.',
  severity: 'high',
  type: 'malware',
  cwe_ids: ['CWE-694', 'CWE-1007'],
  mitre_tactics: ['defense_evasion', 'collection'],
  mitre_techniques: ['T1036'],
  remediation:
    "Give every tool a name of its own, with the server's name in front, and refuse a list in which two names look the same.",
  references: [
    'https://cwe.mitre.org/data/definitions/694.html',
    'https://modelcontextprotocol.io/specification/2025-06-18/server/tools#security-considerations',
  ],
  confidence: 0.9,
  find: (target) => target.tools.tools.flatMap((tool, index) => matchOf(target, tool, index) ?? []),
};

function matchOf(target: ToolsTarget, tool: Tool, index: number): Match | undefined {
  return sameName(target, tool, index) ?? toldToReplace(target, tool);
}

function sameName({ tools: { tools }, settings }: ToolsTarget, tool: Tool, index: number): Match | undefined {
  const earlier = [...settings.knownTools, ...tools.slice(0, index).map(({ name }) => name)];
  const skeleton = skeletonOf(tool.name);
  const other = earlier.find((name) => skeletonOf(name) === skeleton);
  if (other === undefined) return undefined;
  const lookalikes = lookalikesIn(tool.name);
  const how = other === tool.name ? 'has the same name as another tool' : `looks like "${other}"`;
  const evidence =
    lookalikes.length === 0 ? [] : [`letters of another alphabet: ${lookalikes.map(describeLetter).join(', ')}`];
  return {
    ...tool.nameSpan,
    title: `Tool "${tool.name}" shadows another`,
    description: `The tool "${tool.name}" ${how}.`,
    evidence,
    confidence: other === tool.name || lookalikes.length > 0 ? 0.95 : 0.8,
    ...(lookalikes.length > 0 ? { severity: 'critical' } : {}),
    component: tool.name,
  };
}

const describeLetter = (letter: string): string =>
  `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;

function toldToReplace(target: ToolsTarget, tool: Tool): Match | undefined {
  const others = [...target.settings.knownTools, ...target.tools.tools.map(({ name }) => name)].filter(
    (name) => name !== tool.name,
  );
  for (const text of tool.texts) {
    const told = sentenceAbout(text, others);
    if (told === undefined) continue;
    return {
      start: text.start,
      end: text.end,
      title: `Tool "${tool.name}" speaks about another`,
      description: `The ${text.path} of "${tool.name}" tells the model how to use "${told.other}", which is another tool.`,
      evidence: [told.sentence],
      confidence: told.certain ? 0.9 : 0.7,
      ...(told.certain ? {} : { severity: 'medium' }),
      component: tool.name,
    };
  }
  return undefined;
}

/** A sentence that steers the model away from, or around, another tool that it names. */
function sentenceAbout(
  { value }: ToolText,
  others: readonly string[],
): { sentence: string; other: string; certain: boolean } | undefined {
  for (const [expression, certain] of [
    [INSTEAD, true],
    [AVOID, true],
    [WHEN_CALLED, false],
  ] as const) {
    expression.lastIndex = 0;
    for (let found = expression.exec(value); found !== null; found = expression.exec(value)) {
      const sentence = found[0];
      const other = others.find((name) => name.length >= 4 && isNamed(sentence, name));
      if (other !== undefined) return { sentence, other, certain };
      if (certain && /\b(?:any|all|every|the) other tools?\b/i.test(sentence))
        return { sentence, other: 'any other tool', certain };
    }
  }
  return undefined;
}

/** A name of one plain word, such as "search", must stand in quotes to be the tool rather than the word. */
function isNamed(sentence: string, name: string): boolean {
  if (/[_\-.\d]|[a-z][A-Z]/.test(name)) return sentence.includes(name);
  return (
    ['`', '"', "'"].some((quote) => sentence.includes(`${quote}${name}${quote}`)) || sentence.includes(`${name} tool`)
  );
}
