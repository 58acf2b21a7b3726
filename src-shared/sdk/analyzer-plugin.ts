/** Contract part "Analyzer": looks for weaknesses in a target. */
import { BasePlugin, type CallOutcome, type CallStats } from './base-plugin';
import { CallCounter } from './call-counter';
import type { PluginConfig } from './plugin-context';
import type { AnalysisRequest, AnalysisResponse } from './types';

/** What `getAnalysisStats` counts. */
export interface AnalysisStats extends CallStats {
  vulnerabilities_found: number;
  files_analyzed: number;
}

/** Base of analyzers: implement `analyze` and `getSupportedTypes`. */
export abstract class AnalyzerPlugin<Config extends object = PluginConfig> extends BasePlugin<Config> {
  readonly #calls = new CallCounter('analyze');
  #vulnerabilities = 0;
  #files = 0;

  /**
   * Analyses one target. The platform ends the process when `request.timeout` (in seconds) has passed.
   * @throws anything: the run fails with its name, message and stack.
   */
  abstract analyze(request: AnalysisRequest): Promise<AnalysisResponse>;

  /** Target types that `analyze` takes, such as `source_code`. */
  abstract getSupportedTypes(): string[];

  /** What the rules are, for people; free in form. */
  getRulesInfo(): Record<string, unknown> {
    return {};
  }

  /** Whether `target_type` is supported and `target_data` holds anything. */
  validateRequest(request: AnalysisRequest): boolean {
    if (request.target_type === '' || !this.getSupportedTypes().includes(request.target_type)) return false;
    return Object.keys(request.target_data ?? {}).length > 0;
  }

  /** Counters since the start. */
  getAnalysisStats(): AnalysisStats {
    return { ...this.#calls.read(), vulnerabilities_found: this.#vulnerabilities, files_analyzed: this.#files };
  }

  override noteCall(outcome: CallOutcome): void {
    super.noteCall(outcome);
    if (!this.#calls.note(outcome) || outcome.failed) return;
    const response = outcome.result as Partial<AnalysisResponse> | undefined;
    this.#vulnerabilities += response?.vulnerabilities?.length ?? 0;
    this.#files += response?.files_analyzed ?? 0;
  }
}
