/** One SARIF log, written as the results come, so that its length costs no memory. */
import { createSarifReport, type SarifOptions } from '../../runs/sarif-report';
import { SARIF_SCHEMA } from '../../runs/sarif-types';
import type { RunReporter } from './run-reporter';
import type { Terminal } from './terminal';

const HEAD = `{"$schema":${JSON.stringify(SARIF_SCHEMA)},"version":"2.1.0","runs":[{"results":[`;

export function createSarifReporter(terminal: Terminal, options: SarifOptions): RunReporter {
  const report = createSarifReport(options);
  let separator = HEAD;
  return {
    async file({ findings }) {
      for (const finding of findings) {
        await terminal.write(`${separator}\n${JSON.stringify(report.result(finding))}`);
        separator = ',';
      }
    },
    async end(run, manifest, { rulesInfo }) {
      const frame = JSON.stringify(report.frame([run], manifest, rulesInfo));
      await terminal.write(`${separator === HEAD ? HEAD : ''}\n],${frame.slice(1)}]}\n`);
    },
  };
}
