/** Analyzer plugins: a request names a target, the response lists what is wrong with it. */
import { type Static, Type } from 'typebox';
import {
  anyMap,
  count,
  map,
  maybe,
  oneOf,
  rank,
  requiredText,
  seconds,
  text,
  texts,
  timestamp,
} from './building-blocks';
import { ANALYSIS_DEPTHS, MITRE_TACTICS, SEVERITIES, VULNERABILITY_TYPES } from './vocabulary';

export const SeveritySchema = oneOf(SEVERITIES, { description: 'How bad it is' });
export type Severity = Static<typeof SeveritySchema>;

export const VulnerabilityTypeSchema = oneOf(VULNERABILITY_TYPES, { description: 'The class of weakness' });
export type VulnerabilityType = Static<typeof VulnerabilityTypeSchema>;

export const MitreTacticSchema = oneOf(MITRE_TACTICS);
export type MitreTactic = Static<typeof MitreTacticSchema>;

export const LocationSchema = Type.Object(
  {
    file: Type.Optional(Type.String()),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'From 1' })),
    column: Type.Optional(Type.Integer({ minimum: 1, description: 'From 1' })),
    start_pos: Type.Optional(Type.Integer({ minimum: 0, description: 'Offset of the first character' })),
    end_pos: Type.Optional(Type.Integer({ minimum: 0, description: 'Offset after the last character' })),
  },
  { description: 'Where in the target', default: {} },
);
export type Location = Static<typeof LocationSchema>;

export const TargetDataSchema = Type.Object(
  {
    content: Type.Optional(Type.String({ description: 'The text to analyse; goes with filename' })),
    filename: Type.Optional(Type.String({ description: 'What the content is called' })),
    file_path: Type.Optional(Type.String({ description: 'A file to read; needs file_system_access' })),
    directory: Type.Optional(Type.String({ description: 'A folder to walk; needs file_system_access' })),
  },
  { description: 'What to analyse: content with filename, file_path, or directory' },
);
export type TargetData = Static<typeof TargetDataSchema>;

export const AnalysisRequestSchema = Type.Object(
  {
    request_id: requiredText('Names this request in logs, events and the response'),
    target_type: requiredText('One of the types that the plugin supports'),
    target_data: TargetDataSchema,
    analysis_depth: Type.Optional(oneOf(ANALYSIS_DEPTHS, { description: 'How thorough', default: 'standard' })),
    include_patterns: texts('Only targets that match one of these'),
    exclude_patterns: texts('No targets that match one of these'),
    context: map('Anything the caller wants to hand over'),
    timeout: seconds('How long the analysis may take', 300),
    source: text('Who asked'),
    priority: rank('0 is last, 100 is first'),
    timestamp: timestamp('When it was asked'),
  },
  { title: 'AnalysisRequest' },
);
export type AnalysisRequest = Static<typeof AnalysisRequestSchema>;

export const VulnerabilityResultSchema = Type.Object(
  {
    vulnerability_id: requiredText('Names this finding; the same finding keeps its id from run to run'),
    title: requiredText('What is wrong, in a few words'),
    description: text('What is wrong, and why it matters'),
    vulnerability_type: VulnerabilityTypeSchema,
    severity: SeveritySchema,
    cvss_score: maybe(Type.Number({ minimum: 0, maximum: 10 }), { description: 'CVSS base score, 0 to 10' }),
    cve_ids: texts('Such as CVE-2021-44228'),
    cwe_ids: texts('Such as CWE-89'),
    affected_component: text('The file, package or endpoint that is affected'),
    location: Type.Optional(LocationSchema),
    evidence: texts('The text that shows it'),
    mitre_tactics: Type.Optional(Type.Array(MitreTacticSchema, { default: [] })),
    mitre_techniques: texts('MITRE ATT&CK technique ids'),
    remediation: text('How to mend it'),
    references: texts('Where to read more'),
    confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1, default: 1 })),
    false_positive_risk: Type.Optional(Type.Number({ minimum: 0, maximum: 1, default: 0 })),
    analyzer_name: text('Which plugin found it'),
    analysis_timestamp: timestamp('When it was found'),
    custom_fields: map('Anything else'),
  },
  { title: 'VulnerabilityResult' },
);
export type VulnerabilityResult = Static<typeof VulnerabilityResultSchema>;

export const AnalysisResponseSchema = Type.Object(
  {
    request_id: requiredText('The id of the request that this answers'),
    status: oneOf(['success', 'error', 'timeout']),
    vulnerabilities: Type.Optional(Type.Array(VulnerabilityResultSchema, { default: [] })),
    summary: map('Figures about the analysis'),
    analysis_duration: seconds('How long it took', 0),
    files_analyzed: count('Files looked at'),
    rules_executed: count('Rules tried'),
    error_message: maybe(Type.String(), { description: 'What failed' }),
    warnings: texts('What the reader should know'),
    analyzer_version: text('Version of the plugin'),
    completion_timestamp: timestamp('When it ended'),
  },
  { title: 'AnalysisResponse' },
);
export type AnalysisResponse = Static<typeof AnalysisResponseSchema>;

export const RulesInfoSchema = anyMap();
