/** PHP files that a request chooses to run. */
import { endOfValue } from '../code/assignments';
import { describeInput } from '../code/sinks';
import type { Match, SourceRule } from './rule';

export const fileInclusion: SourceRule = {
  scans: 'source',
  id: 'file-inclusion',
  title: 'Code file from request input',
  description: 'A request chooses which file is run as PHP: an uploaded picture, a log with code in it, or an address.',
  severity: 'critical',
  type: 'code_injection',
  cwe_ids: ['CWE-98'],
  mitre_tactics: ['execution', 'initial_access'],
  mitre_techniques: ['T1190', 'T1059'],
  remediation:
    'Choose the file from a table of your own: $pages = ["home" => "home.php"]; include $pages[$name] ?? "home.php".',
  references: ['https://cwe.mitre.org/data/definitions/98.html'],
  confidence: 0.93,
  languages: ['php'],
  find(target) {
    const { bare } = target.source;
    const matches: Match[] = [];
    const include = /(?<![\w$>:])(?:include|require)(?:_once)?\b/g;
    for (let found = include.exec(bare); found !== null; found = include.exec(bare)) {
      const start = found.index + found[0].length;
      const end = endOfValue(bare, start, false);
      const input = target.flow.inputIn({ start, end }, 'path');
      if (input === undefined) continue;
      matches.push({
        start: found.index,
        end,
        description: `${describeInput(target, input)} chooses the file that is run.`,
      });
    }
    return matches;
  },
};
