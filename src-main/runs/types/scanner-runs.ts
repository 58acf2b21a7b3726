/** Runs of scanners: a sample is a request, or a list of targets, one a line. */
import { type ScanRequest, ScanRequestSchema } from '@shared/schemas';
import { requestCompleter } from '../complete-request';
import { limitsOfRequest } from '../request-limits';
import { labelled, objectsOf, saidLines } from './json-sample';
import { performScan, SCAN_TIMEOUT_SECONDS } from './perform-scan';
import type { Fields, RunType } from './run-type';
import { guessScanType } from './scan-target';

export const scannerRuns: RunType = {
  choices: { scan_type: 'get_supported_scan_types', scan_profile: 'get_scan_profiles' },
  identity: ['target'],
  requestsOf(sample, { scan_type: supported = [] }) {
    const completed = (fields: Fields): Fields =>
      fields.scan_type === undefined && typeof fields.target === 'string'
        ? { scan_type: guessScanType(fields.target, supported), ...fields }
        : fields;
    const given = objectsOf(sample);
    if (given !== undefined) return labelled(sample.name, given.map(completed));
    const lines = saidLines(sample.text);
    if (lines.length === 0) return [{ label: sample.name, fields: completed({ target: '' }) }];
    return labelled(
      sample.name,
      lines.map(({ said }) => completed({ target: said })),
      (index) => lines[index]?.line ?? index + 1,
    );
  },
  complete: requestCompleter(ScanRequestSchema),
  perform: (request, terms) => performScan(request as ScanRequest, terms),
  events: { started: 'scan.started', completed: 'scan.completed', failed: 'scan.failed' },
  limitsOf: limitsOfRequest,
  timeoutSeconds: SCAN_TIMEOUT_SECONDS,
  worksBetweenCalls: true,
  keepsExchanges: true,
};
