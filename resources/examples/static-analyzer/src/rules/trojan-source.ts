/**
 * Source that reads otherwise than it runs. Bidirectional controls that a line does not close again reorder the code
 * after them on the screen; an invisible character in a name makes two names look like one.
 */

import { type InvisibleRun, invisibleRuns } from '../text/invisible';
import { CODE_LANGUAGES } from '../text/language';
import type { SourceText } from '../text/source-text';
import type { Match, SourceRule } from './rule';

export const trojanSource: SourceRule = {
  scans: 'source',
  id: 'trojan-source',
  title: 'Code that reads otherwise than it runs',
  description:
    'Invisible characters change how the code looks, not what it does: a reviewer sees another program than the compiler.',
  severity: 'high',
  type: 'malware',
  cwe_ids: ['CWE-1007'],
  mitre_tactics: ['defense_evasion'],
  mitre_techniques: ['T1027'],
  remediation:
    'Remove the characters, and ask where the line came from. Where a text needs them, write them as escapes.',
  references: ['https://cwe.mitre.org/data/definitions/1007.html', 'https://trojansource.codes/'],
  confidence: 0.9,
  languages: [...CODE_LANGUAGES, 'shell'],
  find: ({ source }) =>
    hasInvisible(source.content) ? invisibleRuns(source.content).flatMap((run) => matchOf(source, run)) : [],
};

const hasInvisible = (content: string): boolean =>
  /[\u200B-\u200D\u202A-\u202E\u2060\u2066-\u2069\u{E0000}-\u{E01EF}]/u.test(content);

function matchOf(source: SourceText, run: InvisibleRun): Match[] {
  const place = { start: run.start, end: run.end };
  const evidence = [
    `${run.kind}: ${run.codes.join(', ')}`,
    ...(run.decoded === undefined ? [] : [`decodes to: ${run.decoded}`]),
  ];
  if (run.kind === 'bidirectional controls') return leavesOpen(source, run) ? [{ ...place, evidence }] : [];
  if (run.kind !== 'zero-width characters')
    return [
      { ...place, title: 'Hidden text in the source', evidence, ...(run.count < 4 ? { severity: 'medium' } : {}) },
    ];
  const inName =
    /\w$/.test(source.bare.slice(run.start - 1, run.start)) && /^\w/.test(source.bare.slice(run.end, run.end + 1));
  return inName ? [{ ...place, title: 'Invisible character in a name', severity: 'medium', evidence }] : [];
}

/** Whether the line opens more directions than it closes; reported once a line, at its first control. */
function leavesOpen(source: SourceText, run: InvisibleRun): boolean {
  const { start, end } = source.lineSpan(source.lineOf(run.start));
  const controls = Array.from(source.content.slice(start, end)).filter((character) =>
    /[\u202A-\u202E\u2066-\u2069]/.test(character),
  );
  const depth = controls.reduce((open, character) => open + (/[\u202C\u2069]/.test(character) ? -1 : 1), 0);
  return depth !== 0 && source.content.slice(start, run.start).search(/[\u202A-\u202E\u2066-\u2069]/) < 0;
}
