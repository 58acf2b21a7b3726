/**
 * Holds a response against the contract. A response that breaks it is kept and its problems are listed; findings
 * that are whole on their own still count, so that one bad field does not hide the rest.
 */
import {
  type AnalysisResponse,
  AnalysisResponseSchema,
  type VulnerabilityResult,
  VulnerabilityResultSchema,
} from '@shared/schemas';
import { Compile } from 'typebox/compile';
import { Settings } from 'typebox/system';

const responses = Compile(AnalysisResponseSchema);
const results = Compile(VulnerabilityResultSchema);

/** Far more than anybody mends at once. */
const MOST_ERRORS = 1_000;

export interface CheckedResponse {
  /** Each names the place as a JSON pointer; empty where the response keeps the contract. */
  readonly problems: string[];
  readonly findings: VulnerabilityResult[];
  /** Where it keeps the contract. */
  readonly response?: AnalysisResponse;
}

export function checkResponse(value: unknown, requestId: string): CheckedResponse {
  if (responses.Check(value)) {
    const response = value as AnalysisResponse;
    const findings = response.vulnerabilities ?? [];
    if (response.request_id === requestId) return { problems: [], findings, response };
    const problem = `/request_id is "${response.request_id}", but the request had "${requestId}"`;
    return { problems: [problem], findings };
  }
  if (value === undefined || value === null) {
    return { problems: ['analyze() returned nothing; it must return an AnalysisResponse'], findings: [] };
  }
  return { problems: problemsOf(responses, value), findings: wholeFindings(value) };
}

function wholeFindings(value: unknown): VulnerabilityResult[] {
  const { vulnerabilities } = value as { vulnerabilities?: unknown };
  if (!Array.isArray(vulnerabilities)) return [];
  return vulnerabilities.filter((result): result is VulnerabilityResult => results.Check(result));
}

interface SchemaProblem {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

/** One line a problem: the pointer, and what must hold there. */
export function problemsOf(schema: { Errors(value: unknown): SchemaProblem[] }, value: unknown): string[] {
  // What a union says of each of its branches is said once, by the branch that is not null.
  const errors = allErrors(schema, value);
  const lines = errors
    .filter(
      ({ keyword, params }) =>
        keyword !== 'anyOf' && !(keyword === 'type' && (params as { type?: unknown }).type === 'null'),
    )
    .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message}${allowed(params)}`);
  const wasCut = errors.length >= MOST_ERRORS;
  return [...new Set(lines), ...(wasCut ? ['there may be more: it was looked no further'] : [])];
}

/** The library stops at eight unless told otherwise, and can only be told for everybody: so for this moment alone. */
function allErrors(schema: { Errors(value: unknown): SchemaProblem[] }, value: unknown): SchemaProblem[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MOST_ERRORS });
  try {
    return schema.Errors(value);
  } finally {
    Settings.Set({ maxErrors });
  }
}

function allowed(params: object): string {
  const { allowedValues } = params as { allowedValues?: unknown };
  return Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
}
