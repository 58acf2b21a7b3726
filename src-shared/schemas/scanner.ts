/** Scanner plugins: a scan is started, goes on by itself, and is asked for its status. */
import { type Static, Type } from 'typebox';
import {
  anyMap,
  flag,
  map,
  maybe,
  oneOf,
  rank,
  requiredText,
  seconds,
  text,
  textMap,
  texts,
  timestamp,
} from './building-blocks';
import { SCAN_STATUSES, SCAN_TYPES } from './vocabulary';

export const ScanTypeSchema = oneOf(SCAN_TYPES);
export type ScanType = Static<typeof ScanTypeSchema>;

export const ScanStatusSchema = oneOf(SCAN_STATUSES);
export type ScanStatus = Static<typeof ScanStatusSchema>;

export const ScanRequestSchema = Type.Object(
  {
    request_id: requiredText('Names this request in logs, events and the response'),
    scan_type: ScanTypeSchema,
    target: requiredText('What to scan'),
    scan_profile: text('One of the profiles that the plugin offers', 'default'),
    options: map("The plugin's own options"),
    include_patterns: texts('Only what matches one of these'),
    exclude_patterns: texts('Nothing that matches one of these'),
    max_depth: maybe(Type.Integer({ minimum: 0 })),
    timeout: seconds('How long the scan may take', 3600),
    max_memory_mb: maybe(Type.Number({ minimum: 0 })),
    max_cpu_percent: maybe(Type.Number({ minimum: 0, maximum: 100 })),
    credentials: map('What the scan logs in with'),
    headers: textMap('Headers to send'),
    output_format: text('Format of the artifacts', 'json'),
    save_artifacts: flag('Keep what the scan wrote'),
    context: map('Anything the caller wants to hand over'),
    priority: rank('0 is last, 100 is first'),
    source: text('Who asked'),
    timestamp: timestamp('When it was asked'),
  },
  { title: 'ScanRequest' },
);
export type ScanRequest = Static<typeof ScanRequestSchema>;

export const ScanResultSchema = Type.Object(
  {
    scan_id: requiredText('The id of the scan'),
    target: requiredText('What was scanned'),
    scan_type: ScanTypeSchema,
    status: ScanStatusSchema,
    start_time: timestamp('When it began'),
    end_time: maybe(Type.String({ format: 'date-time' })),
    duration: maybe(Type.Number({ minimum: 0 }), { description: 'In seconds' }),
    findings: Type.Optional(Type.Array(anyMap(), { default: [] })),
    summary: map('Figures about the scan'),
    statistics: map('Figures about the target'),
    risk_score: maybe(Type.Number({ minimum: 0, maximum: 10 })),
    risk_level: maybe(Type.String()),
    scanner_name: text('Which plugin scanned'),
    scanner_version: text('Version of the plugin'),
    scan_config: map('What it was scanned with'),
    error_message: maybe(Type.String()),
    warnings: texts('What the reader should know'),
    artifacts: texts('Files that the scan wrote'),
  },
  { title: 'ScanResult' },
);
export type ScanResult = Static<typeof ScanResultSchema>;

export const ScanResponseSchema = Type.Object(
  {
    request_id: requiredText('The id of the request that this answers'),
    scan_id: requiredText('The id to ask for the status with'),
    status: ScanStatusSchema,
    progress: Type.Optional(Type.Number({ minimum: 0, maximum: 100, default: 0, description: 'In percent' })),
    result: maybe(ScanResultSchema),
    current_activity: text('What it does now'),
    estimated_completion: maybe(Type.String({ format: 'date-time' })),
    error_message: maybe(Type.String()),
    response_timestamp: timestamp('When this was said'),
  },
  { title: 'ScanResponse' },
);
export type ScanResponse = Static<typeof ScanResponseSchema>;
