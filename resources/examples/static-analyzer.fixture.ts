/** Starts the example analyzer, and asks it about texts. */
import {
  type AnalysisRequest,
  type AnalysisResponse,
  AnalysisResponseSchema,
  type VulnerabilityResult,
} from '@shared/schemas';
import type { AnalyzerPlugin } from '@shared/sdk';
import { Compile } from 'typebox/compile';
import { bundleExample, expectValid, type StartedPlugin } from './example-plugin.fixture';

const responses = Compile(AnalysisResponseSchema);

type Started = StartedPlugin<AnalyzerPlugin>;

/** To be called at the top of a test file. */
export function bundleStaticAnalyzer(): (config?: Record<string, unknown>) => Promise<Started> {
  const start = bundleExample<AnalyzerPlugin>('static-analyzer', 'src/analyzer.ts', 'StaticAnalyzer');
  return (config = {}) => start({ config });
}

/** The response to one text; it must keep the contract. */
export async function analyze(
  { plugin }: Pick<Started, 'plugin'>,
  filename: string,
  content: string,
  request: Partial<AnalysisRequest> = {},
): Promise<AnalysisResponse> {
  const response = await plugin.analyze({
    request_id: 'request',
    target_type: 'source_code',
    target_data: { filename, content },
    ...request,
  });
  expectValid(responses, response);
  return response;
}

export const ruleOf = ({ custom_fields }: VulnerabilityResult) => custom_fields?.rule_id;
export const rulesIn = ({ vulnerabilities = [] }: AnalysisResponse) => vulnerabilities.map(ruleOf);
