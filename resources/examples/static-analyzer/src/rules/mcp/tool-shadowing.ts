/**
 * Tools that take another tool's place: by its name, by a name that looks the same, or by telling the model to use
 * them instead. Names of tools of other servers come from the configuration (`known_tools`).
 */

import type { Tool, ToolText } from '../../json/tools-list';
import { lookalikesIn, skeletonOf } from '../../text/skeleton';
import type { Match, ToolsRule } from '../rule';

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
  severity: 'critical',
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
  find(target) {
    const names = [...target.settings.knownTools, ...target.tools.tools.map(({ name }) => name)];
    const bySkeleton = new Map<string, string>(target.settings.knownTools.map((name) => [skeletonOf(name), name]));
    return target.tools.tools.flatMap((tool) => matchOf(tool, bySkeleton, new Set(names)) ?? []);
  },
};

/** @param bySkeleton the names that came before, by what they look like; this tool's is added. */
function matchOf(tool: Tool, bySkeleton: Map<string, string>, names: ReadonlySet<string>): Match | undefined {
  const skeleton = skeletonOf(tool.name);
  const other = bySkeleton.get(skeleton);
  if (other !== undefined) return sameName(tool, other);
  bySkeleton.set(skeleton, tool.name);
  return toldToReplace(tool, names);
}

function sameName(tool: Tool, other: string): Match {
  const lookalikes = lookalikesIn(tool.name);
  const how = other === tool.name ? 'has the same name as another tool' : `looks like "${other}"`;
  const letters = `letters of another alphabet: ${lookalikes.map(describeLetter).join(', ')}`;
  return {
    ...tool.nameSpan,
    title: `Tool "${tool.name}" shadows another`,
    description: `The tool "${tool.name}" ${how}.`,
    evidence: lookalikes.length === 0 ? [] : [letters],
    confidence: other === tool.name || lookalikes.length > 0 ? 0.95 : 0.8,
    ...(lookalikes.length > 0 ? {} : { severity: 'high' }),
    component: tool.name,
  };
}

const describeLetter = (letter: string): string =>
  `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;

function toldToReplace(tool: Tool, names: ReadonlySet<string>): Match | undefined {
  for (const text of tool.texts) {
    const told = sentenceAbout(text, tool.name, names);
    if (told === undefined) continue;
    return {
      start: text.start,
      end: text.end,
      title: `Tool "${tool.name}" speaks about another`,
      description: `The ${text.path} of "${tool.name}" tells the model how to use "${told.other}", which is another tool.`,
      evidence: [told.sentence],
      confidence: told.certain ? 0.9 : 0.7,
      severity: told.certain ? 'high' : 'medium',
      component: tool.name,
    };
  }
  return undefined;
}

interface Told {
  readonly sentence: string;
  readonly other: string;
  readonly certain: boolean;
}

/** What steers the model away from another tool, or around its calls. */
const STEERING = [
  { expression: INSTEAD, certain: true },
  { expression: AVOID, certain: true },
  { expression: WHEN_CALLED, certain: false },
];

function sentenceAbout({ value }: ToolText, own: string, names: ReadonlySet<string>): Told | undefined {
  for (const { expression, certain } of STEERING) {
    expression.lastIndex = 0;
    for (let found = expression.exec(value); found !== null; found = expression.exec(value)) {
      const sentence = found[0];
      const other = namedIn(sentence, own, names) ?? (certain ? everyOther(sentence) : undefined);
      if (other !== undefined) return { sentence, other, certain };
    }
  }
  return undefined;
}

const everyOther = (sentence: string): string | undefined =>
  /\b(?:any|all|every|the) other tools?\b/i.test(sentence) ? 'any other tool' : undefined;

/** A name of one plain word, such as "search", must stand in quotes to be the tool rather than the word. */
function namedIn(sentence: string, own: string, names: ReadonlySet<string>): string | undefined {
  const word = /[\w][\w.-]{2,80}\w/g;
  for (let found = word.exec(sentence); found !== null; found = word.exec(sentence)) {
    const name = found[0];
    if (name === own || !names.has(name)) continue;
    const quoted = /[`"']/.test(sentence[found.index - 1] ?? '');
    if (quoted || /[_\-.\d]|[a-z][A-Z]/.test(name) || sentence.startsWith(' tool', word.lastIndex)) return name;
  }
  return undefined;
}
