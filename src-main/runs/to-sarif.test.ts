import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import type { Run } from '@shared/contracts';
import type { Manifest, VulnerabilityResult } from '@shared/schemas';
import { SEVERITIES, VULNERABILITY_TYPES } from '@shared/schemas';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createComparison } from './compare-findings';
import { fingerprintAll } from './fingerprint';
import { readRulesInfo } from './rules-info';
import { finding } from './run-samples.fixture';
import { artifactLocation, folderUri } from './sarif-uri';
import { toSarif } from './to-sarif';

const manifest: Manifest = {
  name: 'static-analyzer',
  version: '1.2.0',
  plugin_type: 'analyzer',
  entry_point: 'a:B',
  source_url: 'https://example.org/analyzer',
};

function runOf(results: readonly VulnerabilityResult[], given: Partial<Run> = {}): Run {
  const comparison = createComparison(undefined);
  return {
    runId: 'run',
    folder: '/p',
    pluginId: 'static-analyzer:1.2.0',
    pluginType: 'analyzer',
    exchanges: [],
    sampleId: 'samples/a.py',
    sampleName: 'a.py',
    outcome: 'success',
    startedAt: Date.UTC(2026, 10, 22),
    durationMs: 1500,
    findingCount: results.length,
    eventCount: 0,
    request: {},
    responseProblems: [],
    findings: fingerprintAll(results, 'a.py').map(comparison.add),
    gone: [],
    warnings: [],
    warningCount: 0,
    logs: [],
    isolation: 'ses only',
    configGeneration: 1,
    ...given,
  };
}

/** The published schema says draft-04, but uses nothing that draft-07 reads otherwise, save its own name. */
const { $schema: _draft, id: _name, ...schema } = sarifSchema;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

function expectValid(log: unknown): void {
  isSarif(JSON.parse(JSON.stringify(log)));
  expect(isSarif.errors ?? []).toEqual([]);
}

test('a run becomes rules, results and an invocation', () => {
  const sql = finding({
    description: 'Input reaches the query.',
    cwe_ids: ['CWE-89'],
    location: { file: 'src/orders service.py', line: 12, column: 5 },
    evidence: ['query = "…" + id'],
    confidence: 0.9,
    remediation: 'Use parameters.',
    references: ['not a link', 'https://example.org/sql'],
    custom_fields: { rule_id: 'sql-concat' },
  });
  const log = toSarif([runOf([sql])], manifest, { root: '/home/ada/my project', prefix: 'app' });
  expectValid(log);
  const [run] = log.runs;
  expect(run!.tool.driver.rules).toEqual([
    {
      id: 'sql-concat',
      name: 'SqlConcat',
      shortDescription: { text: 'SQL built by concatenation' },
      // What one finding says is not the rule's.
      fullDescription: { text: 'SQL built by concatenation' },
      help: {
        text: 'SQL built by concatenation',
        markdown: 'SQL built by concatenation\n\n- <https://example.org/sql>',
      },
      helpUri: 'https://example.org/sql',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'external/cwe/cwe-89'], 'security-severity': '8.0' },
    },
  ]);
  expect(run!.results[0]).toMatchObject({
    ruleId: 'sql-concat',
    ruleIndex: 0,
    level: 'error',
    rank: 90,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'app/src/orders%20service.py', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12, startColumn: 5, snippet: { text: 'query = "…" + id' } },
        },
      },
    ],
    partialFingerprints: { 'pluginFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  expect(run!.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///home/ada/my%20project/' } });
  expect(run!.invocations[0]).toMatchObject({ executionSuccessful: true, endTimeUtc: '2026-11-22T00:00:01.500Z' });
});

test('a rule says what all its findings say, and nothing in which they differ', () => {
  const found = (given: Partial<VulnerabilityResult>) =>
    finding({ custom_fields: { rule_id: 'sql-concat' }, remediation: 'Use parameters.', ...given });
  const log = toSarif(
    [runOf([found({ description: 'Line 4 does it.', cvss_score: 9.1 }), found({ description: 'Line 46 does it.' })])],
    manifest,
  );
  expect(log.runs[0]!.tool.driver.rules).toMatchObject([
    {
      fullDescription: { text: 'SQL built by concatenation' },
      help: { text: 'Use parameters.' },
      properties: { 'security-severity': '8.0' },
    },
  ]);
  expect(log.runs[0]!.results.map(({ message }) => message.text)).toEqual(['Line 4 does it.', 'Line 46 does it.']);
});

test('what the plugin tells of its rules goes first, whatever this run has found', () => {
  const info = readRulesInfo({
    total_rules: 2,
    rules: [
      {
        id: 'sql-concat',
        title: 'SQL from parts',
        description: 'Input becomes part of a statement.',
        severity: 'critical',
        remediation: 'Bind it.',
        references: ['https://example.org/bind'],
      },
      'no rule',
    ],
  });
  const results = [finding({ severity: 'low', description: 'Line 4.', custom_fields: { rule_id: 'sql-concat' } })];
  const log = toSarif([runOf(results)], manifest, {}, info);
  expectValid(log);
  expect(log.runs[0]!.tool.driver.rules).toEqual([
    {
      id: 'sql-concat',
      name: 'SqlConcat',
      shortDescription: { text: 'SQL from parts' },
      fullDescription: { text: 'Input becomes part of a statement.' },
      help: { text: 'Bind it.', markdown: 'Bind it.\n\n- <https://example.org/bind>' },
      helpUri: 'https://example.org/bind',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security'], 'security-severity': '9.5' },
    },
  ]);
  expect(log.runs[0]!.results[0]).toMatchObject({ level: 'note', message: { text: 'Line 4.' } });
});

test.each([undefined, [], {}, { rules: 3 }, { a: { severity: 'odd', cvss_score: 11, title: '' } }])(
  'rules that say nothing (%j) change nothing',
  (told) => {
    const runs = [runOf([finding()])];
    expect(toSarif(runs, manifest, {}, readRulesInfo(told))).toEqual(toSarif(runs, manifest));
  },
);

test('findings of one rule share it; it is as severe as its worst', () => {
  const log = toSarif(
    [runOf([finding({ severity: 'low' }), finding({ severity: 'critical', title: 'worse' })])],
    manifest,
  );
  const { rules } = log.runs[0]!.tool.driver;
  expect(rules).toHaveLength(1);
  expect(rules[0]).toMatchObject({
    id: 'sql_injection',
    shortDescription: { text: 'Sql injection' },
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '9.5' },
  });
  expect(log.runs[0]!.results.map(({ level }) => level)).toEqual(['note', 'error']);
});

test('a run that failed says so, and why', () => {
  const error = { code: 'plugins/timeout', message: 'The plugin took too long.' };
  const log = toSarif([runOf([], { outcome: 'timeout', error, warnings: ['b.bin is binary.'] })], manifest);
  expectValid(log);
  expect(log.runs[0]!.invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      { level: 'error', message: { text: 'The plugin took too long.' } },
      { level: 'warning', message: { text: 'b.bin is binary.' } },
    ],
  });
});

test('paths become URIs on every system', () => {
  const uri = (path: string) => artifactLocation(path, '', true).uri;
  expect(uri('a b/ü#1?.py')).toBe('a%20b/%C3%BC%231%3F.py');
  expect(uri('src\\win.py')).toBe('src/win.py');
  expect(uri('/etc/pass wd')).toBe('file:///etc/pass%20wd');
  expect(uri('C:\\x\\y.py')).toBe('file:///C:/x/y.py');
  expect(uri('./a/./b.py')).toBe('a/b.py');
  expect(folderUri('/srv/app')).toBe('file:///srv/app/');
});

test('whatever a plugin finds, the log keeps to the standard', () => {
  const anyFinding = fc.record(
    {
      vulnerability_id: fc.string({ minLength: 1 }),
      title: fc.string({ minLength: 1, unit: 'binary' }),
      description: fc.string({ unit: 'binary' }),
      vulnerability_type: fc.constantFrom(...VULNERABILITY_TYPES),
      severity: fc.constantFrom(...SEVERITIES),
      cvss_score: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
      cwe_ids: fc.array(fc.oneof(fc.constantFrom('CWE-89', '79', 'cwe-022'), fc.string())),
      location: fc.record(
        {
          file: fc.string({ unit: 'binary' }),
          line: fc.integer({ min: 1 }),
          column: fc.integer({ min: 1 }),
          start_pos: fc.nat(),
          end_pos: fc.nat(),
        },
        { requiredKeys: [] },
      ),
      evidence: fc.array(fc.string({ unit: 'binary' })),
      remediation: fc.string(),
      references: fc.array(fc.oneof(fc.webUrl(), fc.string())),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      custom_fields: fc.record({ rule_id: fc.oneof(fc.string(), fc.integer()) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['vulnerability_id', 'title', 'vulnerability_type', 'severity'] },
  );
  fc.assert(
    fc.property(fc.array(anyFinding, { maxLength: 5 }), (results) => {
      expectValid(toSarif([runOf(results as VulnerabilityResult[])], manifest, { root: '/x' }));
    }),
    { numRuns: 200 },
  );
});
