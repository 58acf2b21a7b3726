/** Findings for people: grouped by file, with severity, place, title and CWE, and a summary in the end. */
import type { Finding, Run } from '@shared/contracts';
import { type ScanResponse, SEVERITIES } from '@shared/schemas';
import { type Colours, createColours, plain } from './colours';
import type { RunReporter } from './run-reporter';
import { shownPath } from './sample-argument';
import type { Terminal } from './terminal';

export function createTextReporter(terminal: Terminal, shownFolder: string): RunReporter {
  const colours = createColours(terminal.hasColours);
  const counts = new Map<string, number>();
  const files = new Set<string>();
  let analysed = 0;
  let isolation = '';
  return {
    async file(result) {
      analysed++;
      isolation = result.isolation;
      for (const [file, findings] of byFile(result.findings)) {
        files.add(file);
        for (const { result: finding } of findings) {
          counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
        }
        await terminal.write(`${colours.bold(plain(shownPath(shownFolder, file)))}\n${rows(findings, colours)}\n`);
      }
    },
    async end(run) {
      const risk = riskLine(run);
      if (risk !== undefined) await terminal.write(`${risk}\n`);
      await terminal.write(`${summaryLine(run, { counts, files: files.size, analysed, isolation })}\n`);
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

interface Totals {
  readonly counts: ReadonlyMap<string, number>;
  readonly files: number;
  readonly analysed: number;
  readonly isolation: string;
}

function summaryLine(run: Run, { counts, files, analysed, isolation }: Totals): string {
  const total = run.findingCount;
  const bySeverity = SEVERITIES.flatMap((severity) =>
    counts.has(severity) ? [`${counts.get(severity)} ${severity}`] : [],
  );
  const findings = total === 0 ? 'No findings' : `${amount(total, 'finding')} (${bySeverity.join(', ')})`;
  const what = run.pluginType === 'scanner' ? 'target' : 'file';
  const where =
    total > 0 && analysed > 1 && what === 'file'
      ? ` in ${files} of ${amount(analysed, what)}`
      : ` in ${amount(analysed, what)}`;
  const outcome = run.outcome === 'success' ? '' : `, ${run.outcome}`;
  return `${findings}${where}, ${(run.durationMs / 1000).toFixed(2)} s, ${isolation || 'not started'}${outcome}`;
}

/** What a scan says of the whole. */
function riskLine({ response, pluginType }: Run): string | undefined {
  if (pluginType !== 'scanner') return undefined;
  const { risk_score, risk_level } = (response as ScanResponse | undefined)?.result ?? {};
  if (typeof risk_score !== 'number') return undefined;
  return `Risk ${risk_score} of 10${typeof risk_level === 'string' ? ` (${plain(risk_level)})` : ''}`;
}

const amount = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
