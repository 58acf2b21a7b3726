/**
 * Findings for people: grouped by file, with severity, place, title and CWE, and a summary in the end. A file that was
 * not examined is named with the reason: it is never among those in which nothing was found.
 */
import { type Finding, OUTCOME_WORDS, type Run } from '@shared/contracts';
import { type ScanResponse, SEVERITIES } from '@shared/schemas';
import type { FileResult } from '../../runs/file-result';
import { type Colours, createColours, plain } from './colours';
import type { RunReporter } from './run-reporter';
import { shownPath } from './sample-argument';
import { amount, summaryEnd } from './summary-end';
import type { Terminal } from './terminal';

export function createTextReporter(terminal: Terminal, shownFolder: string): RunReporter {
  const colours = createColours(terminal.hasColours);
  const counts = new Map<string, number>();
  const files = new Set<string>();
  const tally = { examined: 0, partly: 0, failed: 0 };
  let isolation = '';
  const told = new Set<string>();
  return {
    async file(result) {
      const isWhole = result.outcome === 'success';
      if (isWhole || result.findings.length > 0) tally.examined++;
      if (!isWhole) tally[result.findings.length > 0 ? 'partly' : 'failed']++;
      isolation = result.isolation;
      for (const [file, findings] of byFile(result.findings)) {
        files.add(file);
        for (const { result: finding } of findings) {
          counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
        }
        await terminal.write(`${colours.bold(plain(shownPath(shownFolder, file)))}\n${rows(findings, colours)}\n`);
      }
      if (isWhole) return;
      if (result.error !== undefined) told.add(result.error.message);
      await terminal.write(failureText(result, shownFolder, colours));
    },
    hasTold: ({ message }) => told.has(message),
    async end(run, _manifest, { loggedErrors }) {
      const risk = riskLine(run);
      if (risk !== undefined) await terminal.write(`${risk}\n`);
      await terminal.write(`${summaryLine(run, { ...tally, counts, files: files.size, isolation, loggedErrors })}\n`);
    },
  };
}

function byFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const file = finding.result.location?.file ?? '';
    files.set(file, [...(files.get(file) ?? []), finding]);
  }
  return files;
}

function rows(findings: readonly Finding[], colours: Colours): string {
  const sorted = [...findings].sort((a, b) => lineOf(a) - lineOf(b));
  const places = sorted.map(placeOf);
  const placeWidth = Math.max(...places.map(({ length }) => length));
  const severityWidth = Math.max(...sorted.map(({ result }) => result.severity.length));
  const lines = sorted.map(({ result }, index) => {
    const severity = colours.severity(result.severity, result.severity.padEnd(severityWidth));
    const weaknesses = [...(result.cwe_ids ?? []), ...(result.cve_ids ?? [])].map(plain).join(' ');
    return `  ${places[index]!.padStart(placeWidth)}  ${severity}  ${plain(result.title)}  ${colours.faint(weaknesses)}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

const lineOf = ({ result }: Finding) => result.location?.line ?? 0;

function placeOf({ result }: Finding): string {
  const { line, column } = result.location ?? {};
  if (line === undefined) return '-';
  return column === undefined ? `${line}` : `${line}:${column}`;
}

function failureText(
  { file, outcome, error, responseProblems }: FileResult,
  shownFolder: string,
  colours: Colours,
): string {
  const how = colours.severity('critical', OUTCOME_WORDS[outcome]);
  const why = error === undefined || error.message === '' ? '' : `  ${plain(error.message)}`;
  const problems = responseProblems.length > 1 ? responseProblems : [];
  return [
    colours.bold(plain(shownPath(shownFolder, file))),
    `  ${how}${why}`,
    ...problems.map((problem) => `          ${plain(problem)}`),
    '',
    '',
  ].join('\n');
}

interface Totals {
  readonly counts: ReadonlyMap<string, number>;
  /** Those with findings. */
  readonly files: number;
  readonly examined: number;
  /** Of those examined: the plugin failed on it, and yet it has findings. */
  readonly partly: number;
  readonly failed: number;
  readonly isolation: string;
  readonly loggedErrors: number;
}

function summaryLine(run: Run, totals: Totals): string {
  const { counts, files, examined, partly, failed, isolation, loggedErrors } = totals;
  const what = run.pluginType === 'scanner' ? 'target' : 'file';
  const total = run.findingCount;
  const bySeverity = SEVERITIES.flatMap((severity) =>
    counts.has(severity) ? [`${counts.get(severity)?.toLocaleString('en')} ${severity}`] : [],
  );
  const findings = total === 0 ? 'No findings' : `${amount(total, 'finding')} (${bySeverity.join(', ')})`;
  const among = total > 0 && examined > 1 && what === 'file' ? `${files.toLocaleString('en')} of ` : '';
  const parts = [
    ...(examined === 0 ? [] : [`${findings} in ${among}${amount(examined, what)}`]),
    ...(partly === 0 ? [] : [`${amount(partly, what)} could be examined only in part`]),
    ...(failed === 0 ? [] : [`${amount(failed, what)} could not be examined`]),
  ];
  return `${parts.join('; ') || 'Nothing was examined'}, ${summaryEnd(run, isolation, loggedErrors)}`;
}

/** What a scan says of the whole. */
function riskLine({ response, pluginType }: Run): string | undefined {
  if (pluginType !== 'scanner') return undefined;
  const { risk_score, risk_level } = (response as ScanResponse | undefined)?.result ?? {};
  if (typeof risk_score !== 'number') return undefined;
  return `Risk ${risk_score} of 10${typeof risk_level === 'string' ? ` (${plain(risk_level)})` : ''}`;
}
