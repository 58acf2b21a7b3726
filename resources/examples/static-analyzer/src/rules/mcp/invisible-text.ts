/** Invisible characters in what a tool shows: the person sees one text, the model reads another. */

import type { Tool } from '../../json/tools-list';
import { type InvisibleRun, invisibleRuns } from '../../text/invisible';
import type { Match, ToolsRule } from '../rule';

export const invisibleText: ToolsRule = {
  scans: 'tools',
  id: 'mcp-invisible-text',
  title: 'Invisible text in a tool',
  description: 'A text of the tool holds characters that no screen shows and every model reads.',
  severity: 'critical',
  type: 'malware',
  cwe_ids: ['CWE-1007', 'CWE-1427'],
  mitre_tactics: ['defense_evasion'],
  mitre_techniques: ['T1027'],
  remediation:
    'Do not connect this server. Strip invisible characters from names and descriptions before a model reads them.',
  references: ['https://cwe.mitre.org/data/definitions/1007.html', 'https://www.unicode.org/reports/tr36/'],
  confidence: 0.95,
  find: ({ tools: { tools } }) => tools.flatMap((tool) => matchOf(tool) ?? []),
};

/** One match a tool, at the first text with invisible characters; the evidence tells of all. */
function matchOf(tool: Tool): Match | undefined {
  const texts = [{ path: 'name', value: tool.name, ...tool.nameSpan }, ...tool.texts];
  const found = texts.flatMap((text) => {
    const runs = invisibleRuns(text.value);
    return runs.length === 0 ? [] : [{ text, runs }];
  });
  const first = found[0];
  if (first === undefined) return undefined;
  const runs = found.flatMap((each) => each.runs);
  const decoded = decodedText(runs);
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  const codes = [...new Set(runs.flatMap((run) => run.codes))];
  return {
    start: first.text.start,
    end: first.text.end,
    title: `Invisible text in the tool "${visible(tool.name)}"`,
    description: `The ${first.text.path} of "${visible(tool.name)}" holds ${count} invisible characters (${kindsOf(runs)}).`,
    evidence: [
      `invisible: ${codes.slice(0, 8).join(', ')}${codes.length > 8 ? ', …' : ''}`,
      ...(decoded === '' ? [] : [`decodes to: ${decoded}`]),
    ],
    ...(decoded === '' ? { severity: 'high', confidence: 0.8 } : { confidence: 0.98 }),
    component: visible(tool.name),
  };
}

const kindsOf = (runs: readonly InvisibleRun[]): string => [...new Set(runs.map(({ kind }) => kind))].join(', ');

const decodedText = (runs: readonly InvisibleRun[]): string =>
  runs
    .flatMap(({ decoded }) => decoded ?? [])
    .join(' ')
    .slice(0, 400);

/** The name without what nobody sees. */
function visible(name: string): string {
  let text = name;
  for (const run of invisibleRuns(name).reverse()) text = text.slice(0, run.start) + text.slice(run.end);
  return text;
}
